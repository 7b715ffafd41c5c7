import { Button, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { shopDeskLimits } from '#contract/worker/shop-calls'
import type { SeenLine } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useHostNow, useShop, useShopClient } from '../../../stores/context.tsx'
import { type DraftProblem, draftProblems, totalOf } from '../../../stores/shop/checkout.ts'
import { isoDay } from '../../../stores/shop/days.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import { useProductNames } from '../product-names.ts'
import styles from './cart.module.css'

/** Days from now on which an order is ready when nobody chooses one; the shop has the same. */
const usualDays = 2

export function OrderForm({ isLooking }: { readonly isLooking: boolean }) {
  const { t, format } = useWords()
  const client = useShopClient()
  const now = useHostNow()
  const draft = useShop((state) => state.draft)
  const failure = useShop((state) => state.checkoutFailure)
  const seen = useShop((state) => state.seen)
  const [isTried, setTried] = useState(false)
  const problems = draftProblems(draft, isoDay(now))
  const errorOf = (problem: DraftProblem): string | undefined =>
    isTried && problems.includes(problem) ? t(`shop.checkout.wrong.${problem}`) : undefined
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (problems.length === 0) void client.look()
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <SeenLines lines={seen} />
      <OrderFields errorOf={errorOf} />
      {failure === null ? null : <Refusal code={failure} />}
      <div className={styles.bar}>
        <p className={styles.total}>
          <span>{t('shop.cart.total')}</span>
          <strong>{format.money(totalOf(seen))}</strong>
        </p>
        <Button type="submit" loading={isLooking} data-testid="shop-order-send">
          {t('shop.checkout.send')}
        </Button>
      </div>
      <p className={styles.soft}>{t('shop.checkout.promise')}</p>
    </form>
  )
}

/** What is being ordered, at the prices that were on the screen when it was begun. */
function SeenLines({ lines }: { readonly lines: readonly SeenLine[] }) {
  const { t, format } = useWords()
  const nameOf = useProductNames(lines.map(({ product }) => product))
  return (
    <ul className={styles.seen} aria-label={t('shop.checkout.lines')}>
      {lines.map(({ product, quantity, priceCents }) => (
        <li key={product}>
          <span>{t('shop.line', { count: quantity, name: nameOf(product) })}</span>
          <span>{format.money(quantity * priceCents)}</span>
        </li>
      ))}
    </ul>
  )
}

/** Who orders, who picks it up and when, and what the confectioners should know. */
function OrderFields({ errorOf }: { errorOf(problem: DraftProblem): string | undefined }) {
  const { t } = useWords()
  const client = useShopClient()
  const now = useHostNow()
  const draft = useShop((state) => state.draft)
  return (
    <>
      <div className={styles.pair}>
        <TextInput
          label={t('shop.checkout.name')}
          value={draft.name}
          maxLength={shopDeskLimits.nameCharsMax}
          error={errorOf('name')}
          required
          data-autofocus
          data-testid="shop-order-name"
          onChange={({ currentTarget: { value } }) => client.draft({ name: value })}
        />
        <TextInput
          label={t('shop.checkout.phone')}
          description={t('shop.checkout.phoneHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          type="tel"
          value={draft.phone}
          maxLength={shopDeskLimits.phoneCharsMax}
          error={errorOf('phone')}
          required
          data-testid="shop-order-phone"
          onChange={({ currentTarget: { value } }) => client.draft({ phone: value })}
        />
        <TextInput
          label={t('shop.checkout.pickupName')}
          description={t('shop.checkout.pickupNameHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.pickupName}
          maxLength={shopDeskLimits.nameCharsMax}
          data-testid="shop-order-pickup-name"
          onChange={({ currentTarget: { value } }) => client.draft({ pickupName: value })}
        />
        <TextInput
          label={t('shop.checkout.pickupDate')}
          description={t('shop.checkout.pickupDateHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          type="date"
          min={isoDay(now)}
          value={draft.pickupDate ?? isoDay(now, usualDays)}
          error={errorOf('pickupDate')}
          data-testid="shop-order-date"
          onChange={({ currentTarget: { value } }) => client.draft({ pickupDate: value === '' ? null : value })}
        />
      </div>
      <Textarea
        label={t('shop.checkout.message')}
        description={t('shop.checkout.messageHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft.message}
        maxLength={shopDeskLimits.messageCharsMax}
        rows={2}
        data-testid="shop-order-message"
        onChange={({ currentTarget: { value } }) => client.draft({ message: value })}
      />
    </>
  )
}
