import { Button, Drawer } from '@mantine/core'
import type { ShopCart } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useShop, useShopClient } from '../../../stores/context.tsx'
import { seenLines } from '../../../stores/shop/checkout.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import styles from './cart.module.css'
import { CartLine } from './cart-line.tsx'
import { CartToldWords } from './cart-told.tsx'

/** What the visitor has laid aside: with totals, and with what is wrong of it in words. */
export function CartDrawer() {
  const { t } = useWords()
  const client = useShopClient()
  const isOpen = useShop((state) => state.isCartOpen)
  const cart = useShop((state) => state.cart)
  const failure = useShop((state) => state.cartFailure)
  return (
    <Drawer
      opened={isOpen}
      onClose={() => client.openCart(false)}
      position="right"
      size={440}
      title={t('shop.cart.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.cart} data-testid="shop-cart" data-away={cart?.isCatalogueAway ?? false}>
        {failure === null ? null : <Refusal code={failure} onRetry={() => void client.refreshCart()} />}
        {cart === null ? failure === null ? <Busy /> : null : <Filled cart={cart} />}
      </div>
    </Drawer>
  )
}

function Filled({ cart }: { readonly cart: ShopCart }) {
  const { t } = useWords()
  const client = useShopClient()
  const told = useShop((state) => state.told)
  if (cart.items.length === 0)
    return (
      <Empty text={t('shop.cart.empty')}>
        <Button variant="default" data-autofocus onClick={() => client.openCart(false)}>
          {t('shop.cart.browse')}
        </Button>
      </Empty>
    )
  return (
    <>
      {cart.isCatalogueAway ? (
        <p className={styles.away} role="status" data-testid="shop-cart-away">
          {t('shop.cart.away')}
        </p>
      ) : null}
      {told !== null && told.product === null ? <CartToldWords told={told} /> : null}
      <ul className={styles.lines}>
        {cart.items.map((item) => (
          <CartLine key={item.product} item={item} told={told?.product === item.product ? told : null} />
        ))}
      </ul>
      <Totals cart={cart} />
    </>
  )
}

function Totals({ cart }: { readonly cart: ShopCart }) {
  const { t, format } = useWords()
  const client = useShopClient()
  const isClearing = useShop(({ changing }) => changing.has('cart'))
  const unpriced = cart.items.filter(({ subtotalCents }) => subtotalCents === null).length
  const canOrder = seenLines(cart) !== null
  return (
    <div className={styles.totals}>
      <p className={styles.total}>
        <span>{t('shop.cart.total')}</span>
        <strong data-testid="shop-cart-total" data-cents={cart.totalCents}>
          {format.money(cart.totalCents)}
        </strong>
      </p>
      {unpriced === 0 ? null : <p className={styles.soft}>{t('shop.cart.unpriced', { count: unpriced })}</p>}
      <Button
        size="md"
        disabled={!canOrder}
        aria-describedby={canOrder ? undefined : 'shop-cart-cannot'}
        data-testid="shop-checkout"
        onClick={() => client.beginOrder()}
      >
        {t('shop.cart.order')}
      </Button>
      {canOrder ? null : (
        <p className={styles.soft} id="shop-cart-cannot">
          {t('shop.cart.cannot')}
        </p>
      )}
      <Button variant="subtle" loading={isClearing} data-testid="shop-cart-clear" onClick={() => void client.clear()}>
        {t('shop.cart.clear')}
      </Button>
      <Button variant="subtle" data-testid="shop-leave" onClick={() => void client.leave()}>
        {t('shop.cart.leave')}
      </Button>
      <p className={styles.soft}>{t('shop.cart.leaveHint')}</p>
    </div>
  )
}
