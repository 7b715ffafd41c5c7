import type { ShopInput } from '#contract/worker/shop-calls'
import type { ShopCategory, ShopProduct } from '#contract/worker/shop-shapes'
import type { Format } from '../../../i18n/format.ts'
import { centsOf } from '../../../stores/shop/money.ts'

/** A product as it is typed. */
export interface ProductDraft {
  readonly name: string
  readonly description: string
  readonly price: string
  /** Its number as text, as a field of choices has it; empty: none. */
  readonly category: string
  /** What is being typed may be no number yet. */
  readonly onHand: number | string
  readonly isActive: boolean
}

export function draftOf(
  product: ShopProduct | null,
  categories: readonly ShopCategory[],
  { amount }: Pick<Format, 'amount'>,
): ProductDraft {
  if (product === null)
    return {
      name: '',
      description: '',
      price: '',
      category: String(categories[0]?.id ?? ''),
      onHand: 0,
      isActive: true,
    }
  const { name, description, priceCents, category, isActive, onHand } = product
  return { name, description, price: amount(priceCents), category: String(category), isActive, onHand }
}

type Change = Omit<ShopInput<'shop.changeProduct'>, 'id' | 'product'>

/** Only what is another now; null: nothing, or something of it cannot be. */
export function changeOf(product: ShopProduct, draft: ProductDraft): Change | null {
  const priceCents = centsOf(draft.price)
  const name = draft.name.trim()
  if (name === '' || priceCents === null) return null
  const category = draft.category === '' ? product.category : Number(draft.category)
  const change = {
    name: name === product.name ? null : name,
    description: draft.description === product.description ? null : draft.description,
    priceCents: priceCents === product.priceCents ? null : priceCents,
    category: category === product.category ? null : category,
    isActive: draft.isActive === product.isActive ? null : draft.isActive,
  }
  return Object.values(change).every((value) => value === null) ? null : change
}

/** null: something is missing, or cannot be. */
export function newProductOf(draft: ProductDraft): Omit<ShopInput<'shop.addProduct'>, 'id'> | null {
  const priceCents = centsOf(draft.price)
  const name = draft.name.trim()
  const { onHand, description } = draft
  if (name === '' || priceCents === null || draft.category === '') return null
  if (typeof onHand !== 'number' || !Number.isInteger(onHand)) return null
  return { name, description, priceCents, category: Number(draft.category), onHand }
}
