import type { Movement, Product } from '#cores/shop/messages'
import { gateway, type VirtualShop } from './virtual-shop.ts'

interface Page<Row> {
  readonly data: readonly Row[]
  readonly next: number | null
}

/** Every movement of stock there ever was, as the gateway tells it, in the strong way. */
export function ledgerOf(shop: VirtualShop): readonly Movement[] {
  const rows: Movement[] = []
  for (let after: number | null = 1; after !== null; ) {
    const page: Page<Movement> = pageOf(shop, '/api/v1/ledger', after)
    rows.push(...page.data)
    after = page.next
  }
  return rows
}

export function productOf(shop: VirtualShop, id: number): Product {
  const page = pageOf<Product>(shop, '/api/v1/products', id - 1)
  const [product] = page.data
  if (product?.id !== id) throw new Error(`no product ${id}`)
  return product
}

function pageOf<Row>(shop: VirtualShop, path: string, after: number): Page<Row> {
  const headers = { 'colmeia-read': 'strong' }
  const heard = shop.ask(gateway, path, { query: { after: String(after), limit: '200' }, headers })
  if (heard.status !== 200) throw new Error(`${path}: ${heard.status} ${heard.text}`)
  return JSON.parse(heard.text)
}

/**
 * What is wrong with a ledger, row by row; null: nothing. On hand is what was opened with and moved since, and nobody ever
 * had what was not there.
 */
export function wrongIn(rows: readonly Movement[]): string | null {
  const held = new Map<number, { onHand: number; reserved: number }>()
  for (const [index, row] of rows.entries()) {
    const { number, product, onHandChange, reservedChange, onHand, reserved } = row
    const before = held.get(product) ?? { onHand: 0, reserved: 0 }
    const after = { onHand: before.onHand + onHandChange, reserved: before.reserved + reservedChange }
    held.set(product, after)
    if (number !== index + 1) return `movement ${number} stands at place ${index + 1}`
    if (after.onHand !== onHand || after.reserved !== reserved) return `movement ${number} does not add up`
    if (reserved < 0 || onHand < reserved) return `after movement ${number} there is less than nothing to sell`
  }
  return null
}
