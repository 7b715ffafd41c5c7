import type { ShopPlan } from '#contract/worker/shop'
import { shopDeskLimits } from '#contract/worker/shop-calls'
import type { Race, RaceOrder, RaceOutcome, RaceSummary } from '#contract/worker/shop-races'
import type { LedgerRow, ShopOutboxCounts, ShopProduct } from '#contract/worker/shop-shapes'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { Store } from '#ports/store'
import { durably } from '../durable.ts'
import { type Asking, asked, type Done } from './asking.ts'
import type { NewOrder, OrderOutbox } from './order-outbox.ts'
import { counted, emptyCounts, type OrderRow } from './order-rows.ts'
import type { OrderSender } from './order-sender.ts'
import { RaceEvidence } from './race-evidence.ts'
import { proofOf } from './race-proof.ts'
import { deleteRace, putRace, type RaceRow, readRaces, sessionOfRace } from './race-rows.ts'
import { readLedger, readProduct, readReplicas } from './reads.ts'
import { send } from './requests.ts'
import { refusalIn, type Staff } from './staff.ts'

export interface RacesParts {
  readonly plan: ShopPlan
  readonly store: Store
  readonly clock: Pick<Clock, 'now' | 'wall'>
  readonly client: Asking
  readonly staff: Staff
  readonly outbox: OrderOutbox
  readonly sender: OrderSender
  readonly onChange: () => void
}

export const raceLimits = {
  /** Before the ledger is asked for again when the shop could not tell it. */
  proofPauseMs: 500,
  /** Until the shoppers set off; within what a shell waits, because whoever started it disturbs it when it hears that. */
  prepareWithinMs: 3_500,
} as const

const nowhere = '+00 000'

/**
 * So many shoppers after so few units: each is an order with a key of its own in an outbox of their own, sent like any
 * other, so a race goes on where a kill of the desk has left it. When all know what became of them, the ledger is read.
 */
export class Races {
  readonly #parts: RacesParts
  #races: readonly RaceRow[]
  #isPreparing = false
  #isProving = false
  #proveNotBeforeMs = Number.NEGATIVE_INFINITY

  constructor(parts: RacesParts) {
    this.#parts = parts
    this.#races = readRaces(parts.store.view())
  }

  get isRacing(): boolean {
    return this.#isPreparing || this.#races.some(({ state }) => state !== 'done')
  }

  get summaries(): readonly RaceSummary[] {
    return this.#races.toReversed().map((race) => summaryOf(race, this.#shoppers(race)))
  }

  byId(id: string): Race | null {
    const race = this.#races.find((one) => one.id === id)
    return race === undefined ? null : this.#shown(race, false)
  }

  start(order: RaceOrder, done: Done<Race>): void {
    const known = this.byId(order.id)
    if (known !== null) return done(ok(known))
    if (this.isRacing) return done(fail('busy', 'another race is being run'))
    this.#isPreparing = true
    const startedMs = this.#parts.clock.now()
    this.#prepare(order, (prepared) => {
      this.#isPreparing = false
      if (!prepared.ok) return done(prepared)
      if (this.#parts.clock.now() - startedMs > raceLimits.prepareWithinMs) {
        return done(fail('not-ready', 'the shop took too long to get ready for a race'))
      }
      const begun = this.#begin(order, prepared.value)
      done(begun)
      this.#parts.onChange()
    })
  }

  /** Every beat. */
  tick(): void {
    const { sender, clock, onChange } = this.#parts
    sender.wake()
    const race = this.#races.find(({ state }) => state !== 'done')
    if (race === undefined) return
    if (race.state === 'asking') {
      if (sender.isIdle && this.#keep({ ...race, state: 'proving', settledWallMs: clock.wall() })) onChange()
    } else if (!this.#isProving && clock.now() >= this.#proveNotBeforeMs) this.#prove(race)
  }

  /** Puts so many units on the shelf, and sees where the ledger stands. Asked twice it happens once. */
  #prepare(order: RaceOrder, done: Done<Prepared>): void {
    const { client, staff, plan } = this.#parts
    const { id, product, units, fault } = order
    readProduct(client, product, { isStrong: true }, (read) => {
      if (!read.ok) return done(read)
      const found = read.value.product
      if (found === null || !found.isActive) return done(fail('not-found', `product ${product} is not sold`))
      const json = { quantidade: found.reserved + units, operacao: 'definir' }
      const request = staff.signed(send('PUT', `/api/produtos/${product}/estoque`, { json, key: `${id}-stock` }))
      asked(
        client,
        { request },
        ({ status, json: said }) => refusalIn(status, said),
        (set) => {
          if (!set.ok) return done(set)
          // Under this key the stock was set before, to what was right then.
          if (set.value !== 'done' && set.value !== 'id-taken') {
            return done(fail('does-not-apply', `the stock cannot be set: ${set.value}`))
          }
          readLedger(client, { product, after: null, limit: 1, isStrong: true }, (ledger) => {
            if (!ledger.ok) return done(ledger)
            const [opening] = ledger.value.rows
            if (opening === undefined) return done(fail('internal', `product ${product} has no ledger`))
            if (fault?.on !== 'primary') {
              const target = fault === null ? null : fault.on === 'orders' ? plan.orders : plan.gateway
              return done(ok({ product: found, opening, target }))
            }
            readReplicas(client, plan.catalogues, (replicas) => {
              if (!replicas.ok) return done(replicas)
              const primary = replicas.value.services.find(({ isPrimary }) => isPrimary)
              done(ok({ product: found, opening, target: primary?.nodeId ?? null }))
            })
          })
        },
      )
    })
  }

  #begin(order: RaceOrder, { product, opening, target }: Prepared): Result<Race> {
    const { outbox, sender, clock } = this.#parts
    const made = this.#makeRoom()
    if (!made.ok) return made
    const first = outbox.next
    const race: RaceRow = {
      ...order,
      ...{ first, opening, target },
      startedWallMs: clock.wall(),
      state: 'asking',
      settledWallMs: null,
      proof: null,
    }
    const taken = outbox.take(shoppersOf(order, product), clock.wall(), (tx) => putRace(tx, race))
    if (!taken.ok) return taken
    this.#races = [...this.#races, race]
    sender.add(this.#shoppers(race))
    return ok(this.#shown(race, true))
  }

  /** The oldest make way. */
  #makeRoom(): Result<null> {
    const { store, outbox } = this.#parts
    const [oldest] = this.#races
    if (oldest === undefined || this.#races.length < shopDeskLimits.racesKept) return ok(null)
    const removed = outbox.remove(this.#shoppers(oldest))
    if (!removed.ok) return removed
    const forgotten = durably(store, (tx) => deleteRace(tx, oldest))
    if (!forgotten.ok) return forgotten
    this.#races = this.#races.slice(1)
    return ok(null)
  }

  #prove(race: RaceRow): void {
    this.#isProving = true
    const { client, clock, onChange } = this.#parts
    new RaceEvidence({ client, race, told: toldIn(this.#shoppers(race)) }).gather((gathered) => {
      this.#isProving = false
      if (gathered.ok && this.#keep({ ...race, state: 'done', proof: proofOf(gathered.value) })) return onChange()
      this.#proveNotBeforeMs = clock.now() + raceLimits.proofPauseMs
    })
  }

  #keep(race: RaceRow): boolean {
    const kept = durably(this.#parts.store, (tx) => putRace(tx, race))
    if (kept.ok) this.#races = this.#races.map((one) => (one.id === race.id ? race : one))
    return kept.ok
  }

  #shoppers({ first, shoppers }: RaceRow): readonly OrderRow[] {
    return this.#parts.outbox.from(first, shoppers)
  }

  #shown(race: RaceRow, isNew: boolean): Race {
    const shoppers = this.#shoppers(race)
    const attempts = (row: OrderRow): number => this.#parts.sender.attemptsOf(row.position) ?? row.attempts
    return {
      ...summaryOf(race, shoppers),
      isNew,
      outcomes: shoppers.map((row) => outcomeOf(row, { race, attempts: attempts(row) })),
      proof: race.proof,
    }
  }
}

interface Prepared {
  readonly product: ShopProduct
  readonly opening: LedgerRow
  readonly target: NodeId | null
}

function shoppersOf(
  { id, shoppers, shopper }: RaceOrder,
  { id: product, priceCents }: ShopProduct,
): readonly NewOrder[] {
  return Array.from({ length: shoppers }, (_, index) => ({
    id: `${id}-${index + 1}`,
    race: id,
    session: sessionOfRace(id),
    form: {
      name: `${shopper} ${index + 1}`,
      phone: nowhere,
      pickupName: '',
      pickupDate: null,
      message: '',
      lines: [{ product, quantity: 1, priceCents }],
    },
  }))
}

function summaryOf(race: RaceRow, rows: readonly OrderRow[]): RaceSummary {
  const { id, product, shoppers, units, shopper, fault, startedWallMs, target, state, settledWallMs } = race
  const counts = rows.reduce<ShopOutboxCounts>((sum, row) => counted(sum, { [row.state.kind]: 1 }), emptyCounts)
  return { id, product, shoppers, units, shopper, fault, startedWallMs, target, state, settledWallMs, counts }
}

function outcomeOf(
  { position, state, settledWallMs }: OrderRow,
  { race, attempts }: { readonly race: RaceRow; readonly attempts: number },
): RaceOutcome {
  const refusal = state.kind === 'refused' ? state.refusal : null
  return {
    shopper: position - race.first + 1,
    state: state.kind,
    order: state.kind === 'placed' ? state.order : null,
    why: refusal?.why ?? null,
    available: refusal?.lines.find(({ product }) => product === race.product)?.available ?? null,
    attempts,
    settledWallMs,
  }
}

function toldIn(rows: readonly OrderRow[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ state }) => (state.kind === 'placed' ? [state.order] : [])))
}
