import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { OrderMoved, OrderStateName, ShopOrder } from '#contract/worker/shop-shapes'
import type { Result } from '#kit/result'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { momentOfDay } from '../../../stores/shop/days.ts'
import { Age } from '../../../ui/age.tsx'
import { OrderReceiptPart } from './order-receipt.tsx'
import { OrderWay } from './order-way.tsx'
import styles from './orders.module.css'
import { canCancel, movesFrom } from './way.ts'

interface OrderCardProps {
  readonly order: ShopOrder
  readonly isStaff: boolean
  onChanged(): void
}

export function OrderCard({ order, isStaff, onChanged }: OrderCardProps) {
  const { t, format } = useWords()
  const { id, number, state, owes, name, phone, pickupName, pickupDate, message, lines, totalCents } = order
  const day = momentOfDay(pickupDate)
  return (
    <li className={styles.order} data-testid={`shop-order-${id}`} data-state={state} data-number={number}>
      <div className={styles.orderHead}>
        <h3>{t('shop.orders.number', { number: format.number(number) })}</h3>
        <span className={styles.soft}>
          <Age wallMs={order.createdAtMs} />
        </span>
        <strong>{format.money(totalCents)}</strong>
      </div>
      <OrderWay order={order} />
      {owes === null ? null : (
        <p className={styles.owes} role="status">
          {t(`shop.orders.owes.${owes}`)}
        </p>
      )}
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line.product}>
            <span>{t('shop.line', { count: line.quantity, name: line.name })}</span>
            <span>{format.money(line.quantity * line.priceCents)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.soft}>
        {t('shop.orders.pickup', {
          who: pickupName === '' ? name : pickupName,
          day: day === null ? pickupDate : format.day(day),
        })}
        {isStaff ? ` ${t('shop.orders.by', { name, phone })}` : null}
      </p>
      {message === '' ? null : <blockquote className={styles.message}>{message}</blockquote>}
      <OrderActions order={order} isStaff={isStaff} onChanged={onChanged} />
    </li>
  )
}

function OrderActions({ order: { id, state, receipt, number }, isStaff, onChanged }: OrderCardProps) {
  const { t } = useWords()
  const { call } = useActions()
  const [doing, setDoing] = useState<OrderStateName | null>(null)
  const [why, setWhy] = useState<Extract<OrderMoved, { kind: 'refused' }>['why'] | null>(null)
  const act = async (to: OrderStateName, work: () => Promise<Result<OrderMoved>>): Promise<void> => {
    setDoing(to)
    setWhy(null)
    const result = await work()
    setDoing(null)
    if (result.ok && result.value.kind === 'refused') setWhy(result.value.why)
    onChanged()
  }
  return (
    <div className={styles.actions}>
      {isStaff
        ? movesFrom(state).map((to) => (
            <Button
              key={to}
              size="compact-sm"
              loading={doing === to}
              data-testid={`shop-move-${to}`}
              onClick={() => void act(to, () => call('shop.moveOrder', { order: id, to }))}
            >
              {t(`shop.orders.moves.${to === 'ready' ? 'ready' : 'picked-up'}`)}
            </Button>
          ))
        : null}
      {canCancel(state) ? (
        <CancelPart
          number={number}
          isBusy={doing === 'cancelled'}
          onCancel={() => act('cancelled', () => call('shop.cancel', { order: id }))}
        />
      ) : null}
      {isStaff ? null : <OrderReceiptPart order={id} number={number} state={state} receipt={receipt} />}
      {why === null ? null : (
        <p className={styles.owes} role="alert" data-testid="shop-move-refused" data-why={why}>
          {t(`shop.orders.refused.${why}`)}
        </p>
      )}
    </div>
  )
}

interface CancelPartProps {
  readonly number: number
  readonly isBusy: boolean
  onCancel(): Promise<void>
}

/** Asks once more: what is cancelled stays so. */
function CancelPart({ number, isBusy, onCancel }: CancelPartProps) {
  const { t, format } = useWords()
  const [isAsking, setAsking] = useState(false)
  const keep = useRef<HTMLButtonElement>(null)
  // The button that had the focus is gone; the harmless one of the two takes it.
  useEffect(() => {
    if (isAsking) keep.current?.focus()
  }, [isAsking])
  if (!isAsking)
    return (
      <Button
        size="compact-sm"
        variant="default"
        data-testid="shop-cancel"
        aria-label={t('shop.orders.cancelNamed', { number: format.number(number) })}
        onClick={() => setAsking(true)}
      >
        {t('shop.orders.cancel')}
      </Button>
    )
  return (
    <span className={styles.sure}>
      {t('shop.orders.sure')}
      <Button
        size="compact-sm"
        variant="default"
        loading={isBusy}
        data-testid="shop-cancel-sure"
        onClick={() => void onCancel().then(() => setAsking(false))}
      >
        {t('shop.orders.cancelSure')}
      </Button>
      <Button ref={keep} size="compact-sm" variant="default" onClick={() => setAsking(false)}>
        {t('shop.orders.keep')}
      </Button>
    </span>
  )
}
