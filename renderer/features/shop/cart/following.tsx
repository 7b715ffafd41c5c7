import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { OrderRefusal, ShopOutboxItem } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useShop, useShopClient } from '../../../stores/context.tsx'
import { canBeginAgain } from '../../../stores/shop/checkout.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { RefusalWords } from '../orders/refusal-words.tsx'
import { useStanding } from '../use-shop.ts'
import styles from './cart.module.css'

/** As many as are looked through for the one that was just made. */
const newestLimit = 20

/** What has become of the order: the desk asks until the shop has said yes or no, also when this dialog is closed. */
export function Following({ id }: { readonly id: string }) {
  const { value, failure, again } = useStanding('shop.outbox', { after: null, limit: newestLimit })
  const item = value?.items.find((one) => one.id === id) ?? null
  if (item === null) {
    if (failure !== null) return <Refusal code={failure} onRetry={again} />
    return value === null ? <Busy /> : <NotTaken />
  }
  return (
    <div className={styles.form} data-testid="shop-following" data-state={item.state.kind}>
      <Word item={item} />
    </div>
  )
}

/** The desk did not answer in time, and does not have it; what was sent may still reach it. */
function NotTaken() {
  const { t } = useWords()
  const client = useShopClient()
  const failure = useShop((state) => state.checkoutFailure)
  return (
    <div className={styles.form} data-testid="shop-not-taken">
      <p role="alert">{t('shop.checkout.notTaken')}</p>
      {failure === null ? null : <Refusal code={failure} />}
      <div className={styles.bar}>
        <Button data-testid="shop-send-again" onClick={() => void client.sendAgain()}>
          {t('shop.checkout.sendAgain')}
        </Button>
      </div>
    </div>
  )
}

function Word({ item: { state, attempts } }: { readonly item: ShopOutboxItem }) {
  const { t } = useWords()
  switch (state.kind) {
    case 'waiting':
    case 'sent':
      return (
        <>
          <p className={styles.word} role="status">
            <Loader size="sm" type="dots" color="var(--accent)" />
            {t(`shop.outbox.${state.kind}`)}
          </p>
          {attempts > 1 ? <p className={styles.soft}>{t('shop.outbox.attempts', { count: attempts })}</p> : null}
          <p className={styles.soft}>{t('shop.checkout.mayClose')}</p>
        </>
      )
    case 'placed':
      return <Placed order={state.order} />
    case 'refused':
      return <Refused refusal={state.refusal} />
  }
}

function Placed({ order }: { readonly order: string }) {
  const { t } = useWords()
  const client = useShopClient()
  const actions = useActions()
  return (
    <>
      <p className={styles.word} role="status" data-tone="good">
        <IconCircleCheck size={22} aria-hidden="true" />
        {t('shop.checkout.placed')}
      </p>
      <div className={styles.bar}>
        <Button variant="default" onClick={() => client.endOrder()}>
          {t('shop.checkout.goOn')}
        </Button>
        <Button
          data-testid="shop-to-order"
          data-order={order}
          onClick={() => {
            client.endOrder()
            actions.go({ page: 'shop', part: 'orders' })
          }}
        >
          {t('shop.checkout.toOrders')}
        </Button>
      </div>
    </>
  )
}

function Refused({ refusal }: { readonly refusal: OrderRefusal }) {
  const { t } = useWords()
  const client = useShopClient()
  return (
    <>
      <p className={styles.word} role="alert" data-tone="bad">
        <IconAlertTriangle size={22} aria-hidden="true" />
        {t('shop.checkout.refused')}
      </p>
      <RefusalWords refusal={refusal} />
      <div className={styles.bar}>
        <Button variant="default" onClick={() => client.endOrder()}>
          {t('common.close')}
        </Button>
        <Button
          data-testid="shop-order-again"
          onClick={() => (canBeginAgain(refusal) ? void client.again() : client.backToForm())}
        >
          {t(canBeginAgain(refusal) ? 'shop.checkout.lookAgain' : 'shop.checkout.back')}
        </Button>
      </div>
    </>
  )
}
