import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import { shopDeskLimits } from '#contract/worker/shop-calls'
import { raceFaultKinds, raceTargets } from '#contract/worker/shop-races'
import type { ShopProduct } from '#contract/worker/shop-shapes'
import type { FailureCode } from '#kit/failures'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useShopClient } from '../../../stores/context.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import styles from './race.module.css'
import { noFault, type RaceWish, raceOf, usualRace } from './race-wish.ts'

const choicesMax = 200

interface RaceFormProps {
  readonly isRacing: boolean
  onBegun(id: string): void
}

export function RaceForm({ isRacing, onBegun }: RaceFormProps) {
  const { t } = useWords()
  const { ask } = useActions()
  const client = useShopClient()
  const [wish, setWish] = useState<RaceWish>(usualRace)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureCode | null>(null)
  // Kept until the desk has said that it began, so that asking again begins no second one.
  const id = useRef<string | null>(null)
  const all = { text: '', category: null, priceCentsMax: null, isInStock: false, isAll: false }
  const { answer, again } = useAnswer('shop.products', { ...all, after: null, limit: choicesMax })
  const products = answer?.ok ? answer.value.products : []
  const product = wish.product ?? products[0]?.id ?? null
  const race = raceOf(wish)
  const begin = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isBusy || product === null || race === null) return
    setBusy(true)
    setFailure(null)
    id.current ??= client.newId()
    const result = await ask('shop.race', { ...race, id: id.current, product, shopper: t('shop.race.shopper') })
    setBusy(false)
    // The desk answers late when the shop is slow; the race itself goes on, and is found under its id.
    if (!result.ok && result.failure.code !== 'timed-out') return setFailure(result.failure.code)
    onBegun(id.current)
    id.current = null
  }
  return (
    <form className={styles.form} onSubmit={(event) => void begin(event)}>
      <RaceFields wish={wish} product={product} products={products} onWish={setWish} />
      {answer === null || answer.ok ? null : <Refusal code={answer.failure.code} onRetry={again} />}
      {answer?.ok && products.length === 0 ? <p>{t('shop.store.empty')}</p> : null}
      <p className={styles.soft}>{t('shop.race.hint', { units: wish.units })}</p>
      {failure === null ? null : <Refusal code={failure} />}
      <Button
        type="submit"
        loading={isBusy}
        disabled={product === null || race === null || isRacing}
        leftSection={<IconFlag size={17} aria-hidden="true" />}
        data-testid="shop-race-start"
      >
        {t(isRacing ? 'shop.race.isOn' : 'shop.race.start')}
      </Button>
    </form>
  )
}

interface RaceFieldsProps {
  readonly wish: RaceWish
  /** The one that is chosen; null: there is none to choose from. */
  readonly product: number | null
  readonly products: readonly ShopProduct[]
  onWish(wish: RaceWish): void
}

function RaceFields({ wish, product, products, onWish }: RaceFieldsProps) {
  const { t } = useWords()
  return (
    <>
      <NativeSelect
        label={t('shop.race.product')}
        value={product === null ? '' : String(product)}
        data={products.map((one) => ({ value: String(one.id), label: one.name }))}
        data-testid="shop-race-product"
        onChange={({ currentTarget: { value } }) => onWish({ ...wish, product: Number(value) })}
      />
      <div className={styles.pair}>
        <NumberInput
          label={t('shop.race.shoppers')}
          value={wish.shoppers}
          min={2}
          max={shopDeskLimits.shoppersMax}
          allowDecimal={false}
          data-testid="shop-race-shoppers"
          onChange={(shoppers) => onWish({ ...wish, shoppers })}
        />
        <NumberInput
          label={t('shop.race.units')}
          value={wish.units}
          min={1}
          max={shopDeskLimits.unitsMax}
          allowDecimal={false}
          data-testid="shop-race-units"
          onChange={(units) => onWish({ ...wish, units })}
        />
      </div>
      <NativeSelect
        label={t('shop.race.fault')}
        value={wish.fault}
        data={([noFault, ...raceFaultKinds] as const).map((value) => ({
          value,
          label: t(`shop.race.faults.${value}`),
        }))}
        data-testid="shop-race-fault"
        onChange={({ currentTarget: { value } }) =>
          onWish({ ...wish, fault: raceFaultKinds.find((kind) => kind === value) ?? noFault })
        }
      />
      <NativeSelect
        label={t('shop.race.on')}
        value={wish.on}
        disabled={wish.fault === noFault}
        data={raceTargets.map((value) => ({ value, label: t(`shop.race.targets.${value}`) }))}
        data-testid="shop-race-on"
        onChange={({ currentTarget: { value } }) =>
          onWish({ ...wish, on: raceTargets.find((target) => target === value) ?? 'primary' })
        }
      />
    </>
  )
}
