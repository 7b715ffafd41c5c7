import { MapState } from '#cores/notary/testing/one-notary'
import {
  catalogueMachine,
  decodeCatalogueAnswer,
  decodeCatalogueQueryAnswer,
  encodeCatalogueCommand,
  encodeCatalogueQuery,
} from '../index.ts'
import type {
  CatalogueAnswer,
  CatalogueAnswers,
  CatalogueDeed,
  CatalogueOutcome,
  CatalogueQuery,
  Movement,
  Product,
  StaffDeed,
} from '../messages.ts'

/** Of a union, each member without some of its fields. */
type Without<Union, Names extends PropertyKey> = Union extends unknown ? Omit<Union, Names> : never

/** A machine with its state, spoken to in values. */
export class OneCatalogue {
  readonly state = new MapState()
  machine = catalogueMachine()
  atMs = 1_795_225_120_000
  index = 0
  #id = 0

  id(): string {
    this.#id += 1
    return this.#id.toString(16).padStart(32, '0')
  }

  applyBytes(bytes: Uint8Array): CatalogueAnswer | null {
    this.index += 1
    this.atMs += 10
    const entry = { index: this.index, atMs: this.atMs, lamport: this.index * 2, bytes }
    return decodeCatalogueAnswer(this.machine.apply(entry, this.state))
  }

  apply(...deeds: readonly CatalogueDeed[]): readonly CatalogueOutcome[] {
    const answer = this.applyBytes(encodeCatalogueCommand({ deeds }))
    if (answer?.kind !== 'done') throw new Error(`answered ${answer?.kind}`)
    return answer.outcomes
  }

  do(deed: CatalogueDeed): CatalogueOutcome {
    const [outcome] = this.apply(deed)
    if (outcome === undefined) throw new Error('no outcome')
    return outcome
  }

  /** What became of it: `reserved`, `before: reserved`, or why it was refused. */
  try(deed: CatalogueDeed): string {
    const outcome = this.do(deed)
    if (outcome.kind === 'refused') return outcome.why
    return outcome.kind === 'done' ? outcome.result.kind : `before: ${outcome.result.kind}`
  }

  reserve(order: string, ...lines: readonly (readonly [product: number, quantity: number])[]): string {
    return this.try(reserveOf(order, ...lines))
  }

  confirm(order: string): string {
    return this.try({ kind: 'confirm', order })
  }

  release(order: string): string {
    return this.try({ kind: 'release', order })
  }

  giveBack(order: string): string {
    return this.try({ kind: 'give-back', order })
  }

  staff(what: Without<StaffDeed, 'id' | 'by'>, id = this.id()): CatalogueOutcome {
    return this.do({ ...what, id, by: 'bia' } as StaffDeed)
  }

  tryStaff(what: Without<StaffDeed, 'id' | 'by'>, id = this.id()): string {
    return this.try({ ...what, id, by: 'bia' } as StaffDeed)
  }

  ask<Query extends CatalogueQuery>(query: Query): CatalogueAnswers[Query['kind']] {
    const kind: Query['kind'] = query.kind
    const found = decodeCatalogueQueryAnswer(kind, this.machine.query(encodeCatalogueQuery(query), this.state))
    if (found === null) throw new Error(`no answer to ${query.kind}`)
    return found.answer
  }

  product(id: number): Product {
    const { product } = this.ask({ kind: 'product', product: id })
    if (product === null) throw new Error(`no product ${id}`)
    return product
  }

  /** On hand, reserved. */
  stock(id: number): readonly [number, number] {
    const { onHand, reserved } = this.product(id)
    return [onHand, reserved]
  }

  ledger(): readonly Movement[] {
    const movements: Movement[] = []
    for (let from: number | null = 1; from !== null; ) {
      const page: CatalogueAnswers['ledger'] = this.ask({ kind: 'ledger', from, order: 'up', limit: 500 })
      movements.push(...page.movements)
      from = page.next
    }
    return movements
  }
}

export function reserveOf(
  order: string,
  ...lines: readonly (readonly [product: number, quantity: number])[]
): Extract<CatalogueDeed, { kind: 'reserve' }> {
  const wanted = lines.map(([product, quantity]) => ({ product, quantity, priceCents: null }))
  return { kind: 'reserve', order, lines: wanted, totalCents: null }
}

/** What is wrong with the ledger, or null: the sums of its changes, gaps, and what stands after each. */
export function wrongWith(movements: readonly Movement[]): string | null {
  const stock = new Map<number, { onHand: number; reserved: number; last: number }>()
  for (const [at, movement] of movements.entries()) {
    const { number, product, onHand, reserved } = movement
    if (number !== at + 1) return `movement ${number} stands at ${at + 1}`
    const before = stock.get(product) ?? { onHand: 0, reserved: 0, last: 0 }
    if (before.onHand + movement.onHandChange !== onHand) return `on hand is wrong after movement ${number}`
    if (before.reserved + movement.reservedChange !== reserved) return `reserved is wrong after movement ${number}`
    if (reserved < 0 || onHand < reserved) return `movement ${number} leaves ${onHand - reserved} available`
    if (movement.previous !== before.last) return `movement ${number} does not follow ${before.last}`
    stock.set(product, { onHand, reserved, last: number })
  }
  return null
}
