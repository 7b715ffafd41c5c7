import type { StateView } from '#kit/state-machine'
import type { Category, CategoryId, ProductId } from '../messages.ts'
import { categoryRows, type Head, type ProductFacts, productRows, rowKey } from './rows.ts'

/**
 * What is said of all products, made from the rows and nothing else: it rarely changes, and is read with everything. What
 * is known of a product holds for as long as the head names the same entry as the last that changed any of them; past
 * that its row is compared, once somebody asks for it: all of them at once would keep everybody else waiting.
 */
export class FactsMemo {
  /** By id, which begin at 1 and have no gaps. */
  readonly #known: (KnownProduct | undefined)[] = []
  #categories: readonly Category[] = []
  #names: ReadonlyMap<CategoryId, string> = new Map()
  #head: Pick<Head, 'factsIndex' | 'categories'> | null = null

  /** To be asked before all else. */
  follow(state: StateView, { factsIndex, categories }: Head): void {
    if (this.#head?.factsIndex === factsIndex && this.#head.categories === categories) return
    this.#categories = state.scan(categoryRows.space).map(({ value }) => categoryRows.decode(value))
    this.#names = new Map(this.#categories.map(({ id, name }) => [id, name]))
    this.#head = { factsIndex, categories }
  }

  get categories(): readonly Category[] {
    return this.#categories
  }

  product(state: StateView, id: ProductId): KnownProduct | null {
    const factsIndex = this.#head?.factsIndex ?? 0
    const before = this.#known[id]
    if (before?.factsIndex === factsIndex) return before
    const row = state.get(productRows.space, rowKey(id))
    if (row === null) return null
    // Most of them are as they were, and to compare a row is a tenth of making something of it.
    const known = before !== undefined && areSame(before.row, row) ? before : new KnownProduct(row, this.#names)
    known.factsIndex = factsIndex
    this.#known[id] = known
    return known
  }
}

export class KnownProduct {
  readonly facts: ProductFacts
  readonly categoryName: string
  /** The row that it was made from. */
  readonly row: Uint8Array
  /** The entry up to which it was compared with its row. */
  factsIndex = 0
  #searched: string | null = null

  constructor(row: Uint8Array, names: ReadonlyMap<CategoryId, string>) {
    this.facts = productRows.decode(row)
    this.categoryName = names.get(this.facts.category) ?? ''
    this.row = row
  }

  /** Name and description as they are searched; made when somebody searches. */
  get searched(): string {
    this.#searched ??= asSearched(`${this.facts.name}\n${this.facts.description}`)
    return this.#searched
  }
}

/** Only ever compared with what came the same way: no row has it. */
export function asSearched(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function areSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false
  return true
}
