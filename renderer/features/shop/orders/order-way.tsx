import { IconBan, IconCircle, IconCircleCheckFilled, IconCircleDot } from '@tabler/icons-react'
import type { ShopOrder } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './orders.module.css'
import { type WayStep, wayOf } from './way.ts'

/** The states that an order has been in, is in, and will be in. */
export function OrderWay({ order }: { readonly order: ShopOrder }) {
  const { t, format } = useWords()
  return (
    <ol className={styles.way} aria-label={t('shop.orders.way')}>
      {wayOf(order).map((step) => (
        <li
          key={step.state}
          data-state={step.state}
          data-done={step.atMs !== null}
          data-now={step.isNow}
          aria-current={step.isNow ? 'step' : undefined}
        >
          <StepSign step={step} />
          {t(`shop.states.${step.state}`)}
          {step.atMs === null ? null : (
            <time dateTime={new Date(step.atMs).toISOString()} title={format.moment(step.atMs)}>
              {format.clock(step.atMs)}
            </time>
          )}
        </li>
      ))}
    </ol>
  )
}

function StepSign({ step: { state, atMs, isNow } }: { readonly step: WayStep }) {
  if (state === 'cancelled') return <IconBan size={16} aria-hidden="true" />
  if (isNow && state !== 'picked-up') return <IconCircleDot size={16} aria-hidden="true" />
  return atMs === null ? (
    <IconCircle size={16} aria-hidden="true" />
  ) : (
    <IconCircleCheckFilled size={16} aria-hidden="true" />
  )
}
