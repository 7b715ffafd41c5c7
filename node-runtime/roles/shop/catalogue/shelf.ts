import { decodeCatalogueAnswer } from '#cores/shop/index'
import type { CatalogueAnswers, Category, Product, ProductId } from '#cores/shop/messages'
import { type DialectProduct, type ProductFilter, productJson } from '#dialects/shop/index'
import { plainWord } from '#ports/text-index'
import type { Look } from './looking.ts'

/** A product with what is written of it and searched in it, made once for each of its states. */
export interface Shelved {
  readonly product: Product
  readonly json: string
  readonly plain: string
}

export interface ShelfParts {
  /** What this node has, at once. */
  readonly look: Look
}

export const shelfLimits = {
  /** Read at once from what this node has. */
  rowsPerLook: 500,
  /** Made ready at a tick, so that nobody who searches has to wait for all that has changed. */
  rowsPerTick: 100,
} as const

/**
 * What is for sale, in the memory of one node and made from what is applied there: reads are many, changes are few. What a
 * command may have changed is read again bit by bit, or at once when somebody asks for it before.
 */
export class Shelf {
  readonly #parts: ShelfParts
  /** By id, which begin at 1 and have no gaps. */
  #rows: (Shelved | undefined)[] = []
  #categories: readonly Category[] = []
  readonly #changed = new Set<ProductId>()
  #movements = 0
  /** All of it is to be made anew: at the beginning, and where a snapshot leapt over commands. */
  #isUnknown = true

  constructor(parts: ShelfParts) {
    this.#parts = parts
  }

  get categories(): readonly Category[] {
    this.#know()
    return this.#categories
  }

  category(id: number): Category | null {
    return this.categories.find((one) => one.id === id) ?? null
  }

  /** Also one that is not sold any more. */
  one(id: ProductId): Shelved | null {
    this.#know()
    if (this.#changed.has(id)) this.#read([id])
    return this.#rows[id] ?? null
  }

  /** Those that are sold, by id. */
  find({ category, priceMaxCents, inStock, words }: ProductFilter): readonly Shelved[] {
    this.#know()
    this.#read([...this.#changed])
    const wanted = plainWord(words.trim())
    const found: Shelved[] = []
    for (const row of this.#rows) {
      if (row === undefined) continue
      const { product, plain } = row
      if (!product.isActive) continue
      if (category !== null && product.category !== category) continue
      if (priceMaxCents !== null && product.priceCents > priceMaxCents) continue
      if (inStock && product.onHand <= product.reserved) continue
      if (wanted === '' || plain.includes(wanted)) found.push(row)
    }
    return found
  }

  forget(): void {
    this.#isUnknown = true
  }

  /** Some of what has changed is made ready before anybody asks. */
  tend(): void {
    this.#know()
    const some: ProductId[] = []
    for (const id of this.#changed) {
      if (some.length >= shelfLimits.rowsPerTick) break
      some.push(id)
    }
    this.#read(some)
  }

  /** What a command that was just applied here may have changed. */
  applied(answerBytes: Uint8Array): void {
    const answer = decodeCatalogueAnswer(answerBytes)
    if (answer === null || answer.kind === 'refused' || this.#isUnknown) return
    for (const outcome of answer.outcomes) {
      if (outcome.kind === 'refused') continue
      if (outcome.result.kind === 'product') this.#changed.add(outcome.result.product.id)
      if (outcome.result.kind === 'category') this.#categories = this.#parts.look({ kind: 'categories' }).categories
    }
    this.#followLedger(answer.movements)
  }

  /** Whatever stock moved, the ledger names. */
  #followLedger(movements: number): void {
    let from: number | null = this.#movements + 1
    while (from !== null && from <= movements) {
      const page: CatalogueAnswers['ledger'] = this.#parts.look({
        kind: 'ledger',
        from,
        order: 'up',
        limit: shelfLimits.rowsPerLook,
      })
      for (const { product } of page.movements) this.#changed.add(product)
      from = page.next
    }
    this.#movements = movements
  }

  /** Which products there are; what is said of each is read later. */
  #know(): void {
    if (!this.#isUnknown) return
    const { isFounded, products, movements } = this.#parts.look({ kind: 'status' })
    this.#rows = []
    this.#changed.clear()
    for (let id = 1; id <= products; id += 1) this.#changed.add(id)
    this.#categories = this.#parts.look({ kind: 'categories' }).categories
    this.#movements = movements
    this.#isUnknown = !isFounded
  }

  #read(ids: readonly ProductId[]): void {
    const { rowsPerLook } = shelfLimits
    for (let first = 0; first < ids.length; first += rowsPerLook) {
      const some = ids.slice(first, first + rowsPerLook)
      const { products } = this.#parts.look({ kind: 'products-by-id', products: some })
      for (const product of products) if (product !== null) this.#put(product)
      for (const id of some) this.#changed.delete(id)
    }
  }

  #put(product: Product): void {
    const known = this.#rows[product.id]
    if (known?.product.version === product.version) return
    const { name, description } = product
    this.#rows[product.id] = {
      product,
      json: productJson(dialectProduct(product)),
      plain: plainWord(`${name}\n${description}`),
    }
  }
}

export function dialectProduct(product: Product): DialectProduct {
  const { id, name, description, priceCents, category, categoryName, photo, isActive } = product
  return {
    ...{ id, name, description, priceCents, photo, isActive },
    available: product.onHand - product.reserved,
    category: { id: category, name: categoryName },
    createdMs: product.createdAtMs,
    changedMs: product.updatedAtMs,
  }
}
