import { Button, Tabs } from '@mantine/core'
import { IconShoppingCart } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { ClusterCard } from '#contract/window/topology'
import type { DeskShopStatus } from '#contract/worker/shop-shapes'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useShop, useShopClient, useTopology, useUi } from '../../stores/context.tsx'
import { deskCard } from '../../stores/notary/desk.ts'
import { countIn } from '../../stores/shop/state.ts'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { CartDrawer } from './cart/cart-drawer.tsx'
import { CheckoutDialog } from './cart/checkout-dialog.tsx'
import { OrdersPart } from './orders/orders-part.tsx'
import { RacePart } from './race/race-part.tsx'
import { Ribbon } from './ribbon.tsx'
import styles from './shop-page.module.css'
import { StaffPart } from './staff/staff-part.tsx'
import { Storefront } from './store/storefront.tsx'
import { useShopBeat, useStanding } from './use-shop.ts'

const parts = ['store', 'orders', 'staff', 'race'] as const

export function ShopPage() {
  const { t } = useWords()
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ kind }) => kind === 'shop') ?? null)
  return (
    <div className={styles.page}>
      {cluster === null ? (
        <Empty title={t('shop.title')} text={t('shop.none')} />
      ) : cluster.state === 'stopped' ? (
        <Stopped cluster={cluster} />
      ) : (
        <Running />
      )}
    </div>
  )
}

function Stopped({ cluster }: { readonly cluster: ClusterCard }) {
  const { t } = useWords()
  const { call } = useActions()
  return (
    <Empty title={t('shop.stoppedTitle')} text={t('shop.stoppedText')}>
      <Button data-testid="shop-start" onClick={() => void call('clusters.start', { clusterId: cluster.id })}>
        {t('shop.start')}
      </Button>
    </Empty>
  )
}

function Running() {
  const { value: status, failure, again } = useStanding('shop.status', {})
  const client = useShopClient()
  const beat = useShopBeat()
  const { t } = useWords()
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each beat the cart is asked for anew.
  useEffect(() => void client.refreshCart(), [client, beat])
  if (failure === 'node-down') return <DeskDown />
  if (status === null) return failure === null ? <Busy /> : <Refusal code={failure} onRetry={again} />
  return (
    <>
      <h1 className="hidden-visually">{t('shop.title')}</h1>
      <Parts status={status} />
      <CartDrawer />
      <CheckoutDialog />
    </>
  )
}

function Parts({ status }: { readonly status: DeskShopStatus }) {
  const { t } = useWords()
  const actions = useActions()
  const asked = useUi((state) => state.route.part)
  const part = parts.find((name) => name === asked) ?? 'store'
  return (
    <Tabs
      value={part}
      onChange={(value) => actions.go({ page: 'shop', part: value })}
      className={styles.tabs}
      keepMounted={false}
    >
      <div className={styles.top}>
        <Tabs.List>
          {parts.map((value) => (
            <Tabs.Tab key={value} value={value} data-testid={`shop-part-${value}`}>
              {t(`shop.parts.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <CartButton />
        <Ribbon status={status} />
      </div>
      <Tabs.Panel value="store" className={styles.panel}>
        <Storefront />
      </Tabs.Panel>
      <Tabs.Panel value="orders" className={styles.panel}>
        <OrdersPart outbox={status.outbox} />
      </Tabs.Panel>
      <Tabs.Panel value="staff" className={styles.panel}>
        <StaffPart />
      </Tabs.Panel>
      <Tabs.Panel value="race" className={styles.panel}>
        <RacePart />
      </Tabs.Panel>
    </Tabs>
  )
}

function CartButton() {
  const { t } = useWords()
  const client = useShopClient()
  const count = useShop(({ cart }) => countIn(cart))
  const hasProblem = useShop(({ cart }) => cart?.items.some(({ problem }) => problem !== null) ?? false)
  return (
    <>
      <Button
        variant={count === 0 ? 'default' : 'filled'}
        leftSection={<IconShoppingCart size={17} aria-hidden="true" />}
        data-testid="shop-cart-open"
        data-count={count}
        onClick={() => client.openCart(true)}
      >
        {t('shop.cart.open', { count })}
      </Button>
      {/* Whoever does not see the button change hears that something came into the cart. */}
      <span className="hidden-visually" role="status">
        {t('shop.cart.open', { count })} {hasProblem ? t('shop.cart.hasProblem') : null}
      </span>
    </>
  )
}

function DeskDown() {
  const { t } = useWords()
  const { call } = useActions()
  const desk = useTopology(({ snapshot }) => deskCard(snapshot))
  return (
    <Empty text={t('shop.deskDown')}>
      {desk === null ? null : (
        <Button data-testid="shop-start-desk" onClick={() => void call('nodes.start', { nodeId: desk.id })}>
          {t('shop.startDesk')}
        </Button>
      )}
    </Empty>
  )
}
