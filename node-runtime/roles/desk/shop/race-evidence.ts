import type { LedgerRow, ShopOrder } from '#contract/worker/shop-shapes'
import { fail, ok } from '#kit/result'
import { type Asking, asked, type Done } from './asking.ts'
import { type Evidence, raceProofLimits } from './race-proof.ts'
import type { RaceRow } from './race-rows.ts'
import { sessionOfRace } from './race-rows.ts'
import { readLedger } from './reads.ts'
import { get } from './requests.ts'
import { orderIn, pageIn } from './shapes.ts'

export interface RaceEvidenceParts {
  readonly client: Asking
  readonly race: RaceRow
  readonly told: ReadonlySet<string>
}

const rowsPerAsk = 200

/** Reads what a race is proven by: the ledger as the primary has it, and all orders that the shop has of the race. */
export class RaceEvidence {
  readonly #parts: RaceEvidenceParts
  /** Newest first. */
  readonly #rows: LedgerRow[] = []
  readonly #held = new Set<string>()

  constructor(parts: RaceEvidenceParts) {
    this.#parts = parts
  }

  gather(done: Done<Evidence>): void {
    this.#readOrders(null, done)
  }

  #readOrders(before: number | null, done: Done<Evidence>): void {
    const { client, race } = this.#parts
    const request = get('/api/v1/orders', {
      session: sessionOfRace(race.id),
      before: before === null ? null : String(before),
      limit: String(rowsPerAsk),
    })
    asked(
      client,
      { request },
      ({ json }) => pageIn(json, orderIn),
      (page) => {
        if (!page.ok) return done(page)
        const { rows, next } = page.value
        for (const order of rows) if (wasConfirmed(order)) this.#held.add(order.id)
        if (next === null) this.#readLedger(null, done)
        else this.#readOrders(next, done)
      },
    )
  }

  #readLedger(after: number | null, done: Done<Evidence>): void {
    const { client, race, told } = this.#parts
    const { opening, product } = race
    readLedger(client, { product, after, limit: rowsPerAsk, isStrong: true }, (page) => {
      if (!page.ok) return done(page)
      const { rows, next } = page.value
      this.#rows.push(...rows.filter(({ number }) => number > opening.number))
      const isAll = next === null || rows.some(({ number }) => number <= opening.number)
      if (isAll) return done(ok({ opening, rows: this.#rows.toReversed(), told, held: this.#held }))
      if (this.#rows.length >= raceProofLimits.rowsReadMax) {
        return done(fail('too-large', `more than ${raceProofLimits.rowsReadMax} movements`))
      }
      this.#readLedger(next, done)
    })
  }
}

/** One that was cancelled afterwards had the stock all the same; its going back is in the ledger. */
function wasConfirmed({ history }: Omit<ShopOrder, 'receipt'>): boolean {
  return history.some(({ state }) => state === 'stock-confirmed')
}
