import { assert } from '#kit/assert'
import { RowCache } from '#kit/row-cache'
import type { Command, StateTx } from '#kit/state-machine'
import type { Category, Movement, Product, ProductId } from '../messages.ts'
import {
  categoryRows,
  type DeedRecord,
  type DueRecord,
  deedRows,
  dueRows,
  type Head,
  headRow,
  movementRows,
  type ProductFacts,
  productRows,
  type ReservationRecord,
  reservationRows,
  rowKey,
  type StockRecord,
  stockRows,
} from './rows.ts'

type Entry = Omit<Command, 'bytes'>
type Moved = Pick<Movement, 'kind' | 'onHandChange' | 'reservedChange'> &
  Partial<Pick<Movement, 'order' | 'by' | 'why'>>

/** The catalogue as one command changes it. Rows are written at its end, once, but for movements, which are new each. */
export class Book {
  readonly entry: Entry
  readonly head: { -readonly [Name in keyof Head]: Head[Name] }
  readonly categories: RowCache<Category>
  readonly products: RowCache<ProductFacts>
  readonly reservations: RowCache<ReservationRecord>
  readonly due: RowCache<DueRecord>
  readonly deeds: RowCache<DeedRecord>
  readonly #state: StateTx
  readonly #stock: RowCache<StockRecord>

  constructor(state: StateTx, entry: Entry, head: Head) {
    this.#state = state
    this.entry = { ...entry, atMs: Math.floor(entry.atMs) }
    this.head = { ...head }
    this.categories = new RowCache(state, categoryRows)
    this.products = new RowCache(state, productRows)
    this.reservations = new RowCache(state, reservationRows)
    this.due = new RowCache(state, dueRows)
    this.deeds = new RowCache(state, deedRows)
    this.#stock = new RowCache(state, stockRows)
  }

  facts(id: ProductId): ProductFacts | null {
    return this.products.get(rowKey(id))
  }

  stock(id: ProductId): StockRecord {
    return this.#stock.get(rowKey(id)) ?? nothingThere
  }

  /** What can be sold. */
  available(id: ProductId): number {
    const { onHand, reserved } = this.stock(id)
    return onHand - reserved
  }

  /** As it stands now. */
  product(id: ProductId): Product {
    const facts = this.facts(id)
    assert(facts !== null, `there is a product ${id}`)
    const { name } = this.categories.get(rowKey(facts.category)) ?? { name: '' }
    const { onHand, reserved, version } = this.stock(id)
    return { ...facts, categoryName: name, onHand, reserved, version }
  }

  say(facts: ProductFacts): void {
    this.products.set(rowKey(facts.id), facts)
    this.#stock.set(rowKey(facts.id), { ...this.stock(facts.id), version: this.stock(facts.id).version + 1 })
    this.head.factsIndex = this.entry.index
  }

  /** The only way in which stock changes: what is not in the ledger has not happened. */
  move(product: ProductId, { kind, onHandChange, reservedChange, order = null, by = '', why = '' }: Moved): void {
    const before = this.stock(product)
    const onHand = before.onHand + onHandChange
    const reserved = before.reserved + reservedChange
    assert(reserved >= 0 && reserved <= onHand, `product ${product}: ${onHand} on hand and ${reserved} reserved`)
    this.head.movements += 1
    const number = this.head.movements
    const { atMs, index: logIndex } = this.entry
    const previous = before.lastMovement
    const change = { number, product, kind, onHandChange, reservedChange, onHand, reserved }
    const movement: Movement = { ...change, order, by, why, atMs, logIndex, previous }
    this.#state.put(movementRows.space, rowKey(number), movementRows.encode(movement))
    this.#stock.set(rowKey(product), { onHand, reserved, lastMovement: number, version: before.version + 1 })
  }

  /** Puts an order at the end of the queue: times of the log never go back, so they stand in it in order. */
  queue(due: DueRecord): void {
    this.due.set(rowKey(this.head.dueNext), due)
    this.head.dueNext += 1
  }

  write(): void {
    for (const rows of [this.categories, this.products, this.#stock, this.reservations, this.due, this.deeds])
      rows.write()
    const { space, key, value } = headRow(this.head)
    this.#state.put(space, key, value)
  }
}

const nothingThere: StockRecord = { onHand: 0, reserved: 0, lastMovement: 0, version: 0 }
