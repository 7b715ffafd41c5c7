import { Button } from '@mantine/core'
import type { ShopOutboxItem } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { totalOf } from '../../../stores/shop/checkout.ts'
import { Age } from '../../../ui/age.tsx'
import { useStanding } from '../use-shop.ts'
import styles from './orders.module.css'
import { RefusalWords } from './refusal-words.tsx'

const newestLimit = 50

/** Orders that the shop has not answered yet, and those that it refused. What it took stands among the orders. */
export function OutboxList() {
  const { t } = useWords()
  const { value } = useStanding('shop.outbox', { after: null, limit: newestLimit })
  const items = value?.items.filter(({ state }) => state.kind !== 'placed') ?? []
  if (items.length === 0) return null
  return (
    <section aria-labelledby="shop-outbox-title">
      <h2 id="shop-outbox-title">{t('shop.outbox.title')}</h2>
      <p className={styles.soft}>{t('shop.outbox.lead')}</p>
      <ul className={styles.orders} data-testid="shop-outbox">
        {items.map((item) => (
          <OutboxCard key={item.id} item={item} />
        ))}
      </ul>
    </section>
  )
}

function OutboxCard({ item: { id, form, state, attempts, takenWallMs } }: { readonly item: ShopOutboxItem }) {
  const { t, format } = useWords()
  const { call } = useActions()
  return (
    <li className={styles.order} data-testid="shop-outbox-item" data-state={state.kind}>
      <div className={styles.orderHead}>
        <h3>{t('shop.outbox.of', { name: form.name })}</h3>
        <span className={styles.soft}>
          <Age wallMs={takenWallMs} />
        </span>
        <strong>{format.money(totalOf(form.lines))}</strong>
      </div>
      {state.kind === 'refused' ? <RefusalWords refusal={state.refusal} /> : null}
      {state.kind === 'waiting' || state.kind === 'sent' ? (
        <p role="status">
          {t(`shop.outbox.${state.kind}`)} {attempts > 1 ? t('shop.outbox.attempts', { count: attempts }) : null}
        </p>
      ) : null}
      {state.kind === 'sent' ? null : (
        <div className={styles.actions}>
          <Button
            size="compact-sm"
            variant="default"
            data-testid="shop-take-back"
            onClick={() => void call('shop.takeBack', { id })}
          >
            {t(state.kind === 'waiting' ? 'shop.outbox.takeBack' : 'shop.outbox.clear')}
          </Button>
        </div>
      )}
    </li>
  )
}
