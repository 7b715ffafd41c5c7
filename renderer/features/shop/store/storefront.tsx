import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ShopProductPage } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useShop, useShopClient } from '../../../stores/context.tsx'
import { centsOf } from '../../../stores/shop/money.ts'
import { noWish } from '../../../stores/shop/state.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { LeafButtons } from '../leaf-buttons.tsx'
import { type Standing, useLeafing, usePaused, useStanding } from '../use-shop.ts'
import { Filters } from './filters.tsx'
import { ProductCard } from './product-card.tsx'
import styles from './store.module.css'

const productsPerPage = 24

/** What there is to buy, as the visitor looks for it. */
export function Storefront() {
  const { t } = useWords()
  const client = useShopClient()
  const wish = useShop((state) => state.wish)
  const text = usePaused(wish.text.trim())
  const priceMax = usePaused(wish.priceMax)
  const asked = {
    text,
    category: wish.category,
    priceCentsMax: centsOf(priceMax),
    isInStock: wish.isInStock,
    isAll: false,
  }
  const leafing = useLeafing(JSON.stringify(asked))
  const page = useStanding('shop.products', { ...asked, after: leafing.after, limit: productsPerPage })
  const { shown, isOld } = useShown(page)
  const isFiltered = JSON.stringify(wish) !== JSON.stringify(noWish)
  return (
    <div className={styles.store} data-testid="shop-store">
      <Filters />
      {shown === null ? (
        page.failure === null ? (
          <Busy />
        ) : (
          <Refusal code={page.failure} onRetry={page.again} />
        )
      ) : shown.products.length === 0 ? (
        <Empty text={t(isFiltered ? 'shop.store.noMatch' : 'shop.store.empty')}>
          {isFiltered ? (
            <Button variant="default" data-testid="shop-show-all" onClick={() => client.wish(noWish)}>
              {t('shop.store.showAll')}
            </Button>
          ) : null}
        </Empty>
      ) : (
        <>
          {page.failure === null ? null : (
            <p className={styles.old} role="status" data-testid="shop-store-old">
              {t('shop.store.old')}
            </p>
          )}
          <ul className={styles.products} aria-label={t('shop.store.products')} aria-busy={isOld}>
            {shown.products.map((product) => (
              <ProductCard key={product.id} product={product} />
            ))}
          </ul>
          <LeafButtons leafing={leafing} next={shown.next} />
        </>
      )}
    </div>
  )
}

/** While the answer to another question is on its way the list before stays: one that blinks away cannot be followed. */
function useShown({ value, failure }: Standing<'shop.products'>) {
  const [last, setLast] = useState<ShopProductPage | null>(null)
  useEffect(() => {
    if (value !== null) setLast(value)
  }, [value])
  const shown = value ?? (failure === null ? last : null)
  return { shown, isOld: value === null && shown !== null }
}
