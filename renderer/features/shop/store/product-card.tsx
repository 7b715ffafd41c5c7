import { Button, Loader } from '@mantine/core'
import { IconShoppingCartPlus } from '@tabler/icons-react'
import type { ShopProduct } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useShop, useShopClient } from '../../../stores/context.tsx'
import { quantityOf } from '../../../stores/shop/state.ts'
import { CartToldWords } from '../cart/cart-told.tsx'
import { ProductArt } from './product-art.tsx'
import { stockTone, stockWords } from './stock-words.ts'
import styles from './store.module.css'

/** One product: its picture, what it costs, how many there are, and into the cart with it. */
export function ProductCard({ product }: { readonly product: ShopProduct }) {
  const { t, format } = useWords()
  const client = useShopClient()
  const { id, name, description, priceCents, categoryName, photo, available } = product
  const inCart = useShop(({ cart }) => quantityOf(cart, id))
  const isChanging = useShop(({ changing }) => changing.has(id))
  const told = useShop((state) => (state.told?.product === id && !state.isCartOpen ? state.told : null))
  const tone = stockTone(available)
  return (
    <li
      className={styles.product}
      data-testid={`shop-product-${id}`}
      data-available={available}
      data-price={priceCents}
    >
      <ProductArt photo={photo} />
      <div className={styles.words}>
        <p className={styles.category}>{categoryName}</p>
        <h2>{name}</h2>
        {description === '' ? null : <p className={styles.description}>{description}</p>}
      </div>
      <div className={styles.foot}>
        <strong className={styles.price}>{format.money(priceCents)}</strong>
        <span className={styles.stock} data-tone={tone}>
          {stockWords(available, { t })}
        </span>
      </div>
      {told === null ? null : <CartToldWords told={told} />}
      <Button
        variant={tone === 'none' ? 'default' : 'light'}
        disabled={tone === 'none'}
        // Not `loading`: a button that cannot be pressed loses the focus, and whoever goes by keyboard their place.
        aria-busy={isChanging}
        leftSection={
          isChanging ? <Loader size={15} color="currentColor" /> : <IconShoppingCartPlus size={17} aria-hidden="true" />
        }
        data-testid={`shop-add-${id}`}
        onClick={() => void client.add(id)}
      >
        <span className="hidden-visually">{t('shop.store.of', { name })}</span>
        {tone === 'none'
          ? t('shop.store.soldOut')
          : inCart > 0
            ? t('shop.store.inCart', { count: inCart })
            : t('shop.store.add')}
      </Button>
    </li>
  )
}
