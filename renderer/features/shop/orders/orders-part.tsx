import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { shopDeskLimits } from '#contract/worker/shop-calls'
import type { OrdersOf, ShopOutboxCounts } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { isPhone } from '../../../stores/shop/checkout.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { LeafButtons } from '../leaf-buttons.tsx'
import { useLeafing, usePaused, useStanding } from '../use-shop.ts'
import { OrderCard } from './order-card.tsx'
import styles from './orders.module.css'
import { OutboxList } from './outbox-list.tsx'

const ordersPerPage = 20

/** What the visitor has ordered, and what is still on its way to the shop. */
export function OrdersPart({ outbox }: { readonly outbox: ShopOutboxCounts }) {
  const { t } = useWords()
  const [isByPhone, setByPhone] = useState(false)
  const [typed, setTyped] = useState('')
  const phone = usePaused(typed.trim())
  const of: OrdersOf | null = !isByPhone ? { kind: 'own' } : isPhone(phone) ? { kind: 'phone', phone } : null
  return (
    <div className={styles.page} data-testid="shop-orders">
      {outbox.waiting + outbox.sent + outbox.refused === 0 ? null : <OutboxList />}
      <div className={styles.head}>
        <h2>{t('shop.orders.title')}</h2>
        <SegmentedControl
          aria-label={t('shop.orders.whose')}
          data-testid="shop-orders-of"
          value={isByPhone ? 'phone' : 'own'}
          data={(['own', 'phone'] as const).map((value) => ({ value, label: t(`shop.orders.of.${value}`) }))}
          onChange={(value) => setByPhone(value === 'phone')}
        />
        {isByPhone ? (
          <TextInput
            aria-label={t('shop.orders.phone')}
            placeholder={t('shop.orders.phone')}
            type="tel"
            value={typed}
            maxLength={shopDeskLimits.phoneCharsMax}
            data-testid="shop-orders-phone"
            onChange={({ currentTarget: { value } }) => setTyped(value)}
          />
        ) : null}
      </div>
      {of === null ? <Empty text={t('shop.orders.typePhone')} /> : <OrderList key={of.kind} of={of} />}
    </div>
  )
}

export function OrderList({ of, isStaff = false }: { readonly of: OrdersOf; readonly isStaff?: boolean }) {
  const { t } = useWords()
  const leafing = useLeafing(JSON.stringify(of))
  const page = useStanding('shop.orders', { of, after: leafing.after, limit: ordersPerPage })
  if (page.value === null)
    return page.failure === null ? <Busy /> : <Refusal code={page.failure} onRetry={page.again} />
  if (page.value.orders.length === 0) return <Empty text={t(`shop.orders.empty.${of.kind}`)} />
  return (
    <>
      {page.failure === null ? null : (
        <p className={styles.old} role="status">
          {t('shop.orders.old')}
        </p>
      )}
      <ul className={styles.orders} aria-label={t('shop.orders.title')} data-testid="shop-order-list">
        {page.value.orders.map((order) => (
          <OrderCard key={order.id} order={order} isStaff={isStaff} onChanged={page.again} />
        ))}
      </ul>
      <LeafButtons leafing={leafing} next={page.value.next} />
    </>
  )
}
