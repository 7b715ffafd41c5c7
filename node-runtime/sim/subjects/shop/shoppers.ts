import type { OrderId, StaffDeed, WantedLine } from '#cores/shop/messages'
import type { OrderState, OrdersAnswer, Placing } from '#cores/shop/order-messages'
import type { Random } from '#kit/random'

/** Few of each, so that there is a last one. */
export const products = [7, 8, 9] as const

/** People who order under few keys, ask again until they know, take orders further, and a staff that counts and prices. */
export class Shoppers {
  readonly #random: Random
  readonly #keys: number
  readonly #life: number
  #ids = 0
  readonly #placed: OrderId[] = []
  /** Asked for and without a definite answer yet, by key. */
  readonly #open = new Map<string, Placing>()

  constructor(random: Random, { keys, life }: { readonly keys: number; readonly life: number }) {
    this.#random = random
    this.#keys = keys
    this.#life = life
  }

  placing(): Placing {
    const random = this.#random
    const number = random.below(this.#keys)
    // A key means the same in every life of this node, but for somebody who uses it for something else.
    const isMeant = random.chance(7, 8)
    const body = `${isMeant ? 'b' : 'x'}${number}`
    const key = random.chance(1, 6) ? null : `k${number}`
    const placing = this.#placingOf(key, body, linesOf(isMeant ? number : number + 1))
    if (key !== null && isMeant) this.#open.set(key, placing)
    return placing
  }

  /** For what was asked for and nobody knows of. */
  get isWaiting(): boolean {
    return this.#open.size > 0
  }

  again(): Placing | null {
    const [open] = this.#open.values()
    return open === undefined ? null : this.#placingOf(open.key, open.body, open.lines)
  }

  move(): { readonly order: OrderId; readonly to: OrderState } | null {
    if (this.#placed.length === 0) return null
    const to = this.#random.pick(['ready', 'picked-up', 'cancelled', 'cancelled', 'received'] as const)
    return { order: this.#random.pick(this.#placed), to }
  }

  learn({ key, body }: Placing, answer: OrdersAnswer): void {
    if (answer.kind === 'placed') this.#placed.push(answer.order.id)
    const isDefinite = answer.kind === 'placed' || answer.kind === 'refused' || answer.kind === 'key-reused'
    if (isDefinite && key !== null && this.#open.get(key)?.body === body) this.#open.delete(key)
  }

  staffDeed(): StaffDeed {
    const random = this.#random
    const ofStaff = { id: this.#id().toString(16).padStart(32, '0'), by: 'bia', product: random.pick(products) }
    if (random.chance(1, 4)) {
      const asItWas = { name: null, description: null, category: null, photo: null, isActive: null }
      const priceCents = random.pick([1_000, 1_100])
      return { ...ofStaff, ...asItWas, kind: 'change-product', priceCents }
    }
    const operation = random.pick(['add', 'add', 'remove'] as const)
    return { ...ofStaff, kind: 'stock', operation, quantity: random.below(4), why: '' }
  }

  #placingOf(key: string | null, body: string, lines: readonly WantedLine[]): Placing {
    const customer = { name: 'Ana', phone: '1', pickupName: '', pickupDate: '', message: '' }
    const order = `o${this.#id()}`
    return { order, key, body, session: null, customer, lines, totalCents: null }
  }

  /** Of all lives no two the same. */
  #id(): number {
    this.#ids += 1
    return this.#life * 100_000 + this.#ids
  }
}

/** What is asked for under a key. */
function linesOf(number: number): readonly WantedLine[] {
  const first = products[number % products.length] ?? 7
  const line = { product: first, quantity: 1 + (number % 3), priceCents: number % 4 === 3 ? 1_000 : null }
  if (number % 5 !== 4) return [line]
  return [line, { product: products[(number + 1) % products.length] ?? 8, quantity: 1, priceCents: null }]
}
