import type { OrdersAnswer, Placing } from '#cores/shop/order-messages'

/** A product that nobody else orders or counts, and how many of it a shop begins with. */
const lastOnes = { product: 3, quantity: 6 } as const
/** Whoever has no definite answer asks again so often. */
const askAgainTicks = 10

interface Racer {
  readonly key: string
  isAsking: boolean
  isDone: boolean
  dueTick: number
}

/** Each wants all that there is of one thing, asks under a key of their own, and goes on until the answer is for good. */
export class Racers {
  readonly #racers: readonly Racer[]
  readonly #life: number
  #orders = 0

  constructor({ count, fromTick, life }: { readonly count: number; readonly fromTick: number; readonly life: number }) {
    this.#life = life
    this.#racers = Array.from({ length: count }, (_, index) => ({
      ...{ key: `${racerPrefix}${index}`, isAsking: false, isDone: false, dueTick: fromTick },
    }))
  }

  /** Somebody has no definite answer yet, or has not asked yet. */
  get isWaiting(): boolean {
    return this.#racers.some(({ isDone }) => !isDone)
  }

  due(tick: number): readonly Placing[] {
    const due = this.#racers.filter(({ isAsking, isDone, dueTick }) => !isAsking && !isDone && dueTick <= tick)
    return due.map((racer) => {
      racer.isAsking = true
      racer.dueTick = tick + askAgainTicks
      return this.#placingOf(racer.key)
    })
  }

  learn({ key }: Placing, answer: OrdersAnswer): void {
    const racer = this.#racers.find((one) => one.key === key)
    if (racer === undefined) return
    racer.isAsking = false
    racer.isDone = answer.kind === 'placed' || answer.kind === 'refused'
  }

  /** Nobody is answered any more who asked until now. */
  forget(): void {
    for (const racer of this.#racers) racer.isAsking = false
  }

  #placingOf(key: string): Placing {
    this.#orders += 1
    const customer = { name: 'Ana', phone: '2', pickupName: '', pickupDate: '', message: '' }
    // Of all lives no two the same.
    const order = `last${this.#life * 100_000 + this.#orders}`
    return {
      order,
      key,
      body: key,
      session: null,
      customer,
      lines: [{ ...lastOnes, priceCents: null }],
      totalCents: null,
    }
  }
}

const racerPrefix = 'last '

export function isRacer({ key }: Placing): boolean {
  return key?.startsWith(racerPrefix) === true
}
