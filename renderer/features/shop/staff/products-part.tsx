import { Button, TextInput } from '@mantine/core'
import { IconCategoryPlus, IconPencil, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { shopDeskLimits } from '#contract/worker/shop-calls'
import type { ShopProduct } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { LeafButtons } from '../leaf-buttons.tsx'
import { useLeafing, usePaused, useStanding } from '../use-shop.ts'
import { CategoryDialog } from './category-dialog.tsx'
import { ProductDialog } from './product-dialog.tsx'
import styles from './staff.module.css'
import { StockDialog } from './stock-dialog.tsx'

const productsPerPage = 50

type Open =
  | { readonly kind: 'new-product' | 'new-category' }
  | { readonly kind: 'product' | 'stock'; readonly product: ShopProduct }

/** All products, also those that are not sold, with what the staff may do to each. */
export function ProductsPart() {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState<Open | null>(null)
  const text = usePaused(typed.trim())
  const leafing = useLeafing(text)
  const query = { text, category: null, priceCentsMax: null, isInStock: false, isAll: true }
  const page = useStanding('shop.products', { ...query, after: leafing.after, limit: productsPerPage })
  const close = (): void => {
    setOpen(null)
    page.again()
  }
  return (
    <>
      <div className={styles.tools}>
        <TextInput
          aria-label={t('shop.staff.search')}
          placeholder={t('shop.staff.search')}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={typed}
          maxLength={shopDeskLimits.searchCharsMax}
          data-testid="shop-staff-search"
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          data-testid="shop-new-product"
          onClick={() => setOpen({ kind: 'new-product' })}
        >
          {t('shop.staff.newProduct')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconCategoryPlus size={16} aria-hidden="true" />}
          data-testid="shop-new-category"
          onClick={() => setOpen({ kind: 'new-category' })}
        >
          {t('shop.staff.newCategory')}
        </Button>
      </div>
      {page.value === null ? (
        page.failure === null ? (
          <Busy />
        ) : (
          <Refusal code={page.failure} onRetry={page.again} />
        )
      ) : page.value.products.length === 0 ? (
        <Empty text={t(text === '' ? 'shop.staff.noProducts' : 'shop.staff.noMatch')} />
      ) : (
        <>
          <ProductTable products={page.value.products} onOpen={setOpen} />
          <LeafButtons leafing={leafing} next={page.value.next} />
        </>
      )}
      {open?.kind === 'new-product' ? <ProductDialog product={null} onClose={close} /> : null}
      {open?.kind === 'product' ? <ProductDialog product={open.product} onClose={close} /> : null}
      {open?.kind === 'stock' ? <StockDialog product={open.product} onClose={close} /> : null}
      {open?.kind === 'new-category' ? <CategoryDialog onClose={close} /> : null}
    </>
  )
}

interface ProductTableProps {
  readonly products: readonly ShopProduct[]
  onOpen(open: Open): void
}

function ProductTable({ products, onOpen }: ProductTableProps) {
  const { t, format } = useWords()
  const columns: readonly Column[] = [
    { key: 'name', title: t('shop.staff.columns.product') },
    { key: 'category', title: t('shop.staff.columns.category') },
    { key: 'price', title: t('shop.staff.columns.price'), isNumber: true },
    { key: 'onHand', title: t('shop.staff.columns.onHand'), isNumber: true },
    { key: 'reserved', title: t('shop.staff.columns.reserved'), isNumber: true },
    { key: 'available', title: t('shop.staff.columns.available'), isNumber: true },
    { key: 'sold', title: t('shop.staff.columns.isSold') },
    { key: 'actions', title: t('shop.staff.columns.actions') },
  ]
  const rows = products.map((product) => ({
    key: String(product.id),
    cells: [
      <span
        key="name"
        data-testid={`shop-row-${product.id}`}
        data-on-hand={product.onHand}
        data-reserved={product.reserved}
      >
        {product.name}
      </span>,
      product.categoryName,
      format.money(product.priceCents),
      format.number(product.onHand),
      format.number(product.reserved),
      format.number(product.available),
      t(product.isActive ? 'shop.staff.sold' : 'shop.staff.notSold'),
      <span key="actions" className={styles.rowActions}>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('shop.staff.stockOf', { name: product.name })}
          data-testid={`shop-stock-${product.id}`}
          onClick={() => onOpen({ kind: 'stock', product })}
        >
          {t('shop.staff.stock')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPencil size={13} aria-hidden="true" />}
          aria-label={t('shop.staff.changeOf', { name: product.name })}
          data-testid={`shop-change-${product.id}`}
          onClick={() => onOpen({ kind: 'product', product })}
        >
          {t('shop.staff.change')}
        </Button>
      </span>,
    ],
  }))
  return (
    <Table
      caption={t('shop.staff.parts.products')}
      isCaptionHidden
      columns={columns}
      rows={rows}
      testId="shop-products"
    />
  )
}
