import { useState } from 'react'
import type { RaceSummary } from '#contract/worker/shop-races'
import { useWords } from '../../../i18n/use-words.ts'
import { Age } from '../../../ui/age.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useProductNames } from '../product-names.ts'
import { useStanding } from '../use-shop.ts'
import styles from './race.module.css'
import { RaceForm } from './race-form.tsx'
import { RaceResult } from './race-result.tsx'

/** The last cupcake: many want it at once, something breaks meanwhile, and the ledger says who has it. */
export function RacePart() {
  const { t } = useWords()
  const [shown, setShown] = useState<string | null>(null)
  const { value, failure, again } = useStanding('shop.races', {})
  const id = shown ?? value?.races[0]?.id ?? null
  return (
    <div className={styles.page} data-testid="shop-race">
      <section className={styles.side}>
        <h2>{t('shop.race.title')}</h2>
        <p>{t('shop.race.lead')}</p>
        <RaceForm
          isRacing={value?.races.some(({ state }) => state !== 'done') ?? false}
          onBegun={(begun) => {
            setShown(begun)
            again()
          }}
        />
        <h3>{t('shop.race.before')}</h3>
        {value === null ? (
          failure === null ? (
            <Busy />
          ) : (
            <Refusal code={failure} onRetry={again} />
          )
        ) : value.races.length === 0 ? (
          <p className={styles.soft}>{t('shop.race.none')}</p>
        ) : (
          <RaceList races={value.races} shown={id} onShow={setShown} />
        )}
      </section>
      <section className={styles.result} aria-label={t('shop.race.result')}>
        {id === null ? <Empty text={t('shop.race.empty')} /> : <RaceResult key={id} id={id} />}
      </section>
    </div>
  )
}

interface RaceListProps {
  readonly races: readonly RaceSummary[]
  readonly shown: string | null
  onShow(id: string): void
}

function RaceList({ races, shown, onShow }: RaceListProps) {
  const { t } = useWords()
  const nameOf = useProductNames(races.map(({ product }) => product))
  return (
    <ul className={styles.races}>
      {races.map(({ id, product, shoppers, startedWallMs, state }) => (
        <li key={id}>
          <button type="button" aria-pressed={id === shown} data-testid="shop-race-item" onClick={() => onShow(id)}>
            <strong>{t('shop.race.item', { count: shoppers, name: nameOf(product) })}</strong>
            <span>
              {t(`shop.race.states.${state}`)} · <Age wallMs={startedWallMs} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
