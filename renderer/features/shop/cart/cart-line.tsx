import { ActionIcon, CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconMinus, IconPlus } from '@tabler/icons-react'
import type { ShopCartItem } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useShop, useShopClient } from '../../../stores/context.tsx'
import type { CartTold } from '../../../stores/shop/state.ts'
import { ProductArt } from '../store/product-art.tsx'
import styles from './cart.module.css'
import { CartToldWords } from './cart-told.tsx'
import { itemProblem } from './item-words.ts'

interface CartLineProps {
  readonly item: ShopCartItem
  readonly told: CartTold | null
}

export function CartLine({ item, told }: CartLineProps) {
  const { t, format } = useWords()
  const { product, quantity, photo, priceCents, subtotalCents } = item
  const name = item.name ?? t('shop.cart.unnamed', { product })
  const problem = itemProblem(item, { t })
  return (
    <li
      className={styles.line}
      data-testid={`shop-item-${product}`}
      data-quantity={quantity}
      data-problem={item.problem ?? ''}
    >
      <ProductArt photo={photo} isSmall />
      <div className={styles.about}>
        <strong>{name}</strong>
        <span className={styles.soft}>
          {priceCents === null ? t('shop.cart.noPrice') : t('shop.cart.each', { price: format.money(priceCents) })}
        </span>
        <Quantity item={item} name={name} />
      </div>
      <strong className={styles.subtotal}>{subtotalCents === null ? '–' : format.money(subtotalCents)}</strong>
      {problem === null ? null : (
        <p className={styles.problem}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          {problem}
        </p>
      )}
      {told === null ? null : <CartToldWords told={told} />}
    </li>
  )
}

function Quantity({ item: { product, quantity }, name }: { readonly item: ShopCartItem; readonly name: string }) {
  const { t, format } = useWords()
  const client = useShopClient()
  const isChanging = useShop(({ changing }) => changing.has(product) || changing.has('cart'))
  return (
    <span className={styles.quantity} aria-busy={isChanging}>
      <ActionIcon
        variant="default"
        aria-label={t('shop.cart.less', { name })}
        aria-disabled={isChanging}
        data-testid={`shop-less-${product}`}
        onClick={() => void client.set(product, quantity - 1)}
      >
        <IconMinus size={15} aria-hidden="true" />
      </ActionIcon>
      <span aria-live="polite">{format.number(quantity)}</span>
      <ActionIcon
        variant="default"
        aria-label={t('shop.cart.more', { name })}
        aria-disabled={isChanging}
        data-testid={`shop-more-${product}`}
        onClick={() => void client.set(product, quantity + 1)}
      >
        <IconPlus size={15} aria-hidden="true" />
      </ActionIcon>
      <CloseButton
        size="sm"
        aria-label={t('shop.cart.remove', { name })}
        aria-disabled={isChanging}
        data-testid={`shop-remove-${product}`}
        onClick={() => void client.set(product, 0)}
      />
    </span>
  )
}
