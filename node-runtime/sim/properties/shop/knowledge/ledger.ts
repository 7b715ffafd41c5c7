import type { Movement } from '#cores/shop/messages'
import type { Moment } from '../../../subject.ts'
import type { ShopWords } from '../../../subjects/shop/words.ts'

/** What an observer knows of a shop: each movement as it was first seen at any catalogue. No catalogue may ever have another. */
export class Ledger {
  readonly #movements: Movement[] = []
  /** Seen for the first time in the present moment, in order. */
  readonly fresh: Movement[] = []
  /** What a catalogue has and another had not, in the present moment. */
  readonly contradictions: string[] = []
  #tick = -1

  get all(): readonly Movement[] {
    return this.#movements
  }

  take({ tick, notes }: Moment<ShopWords>): void {
    if (tick === this.#tick) return
    this.#tick = tick
    this.fresh.length = 0
    this.contradictions.length = 0
    for (const { node, note } of notes) {
      if (note.kind === 'holds') for (const movement of note.movements) this.#see(node, movement)
    }
  }

  /** A catalogue tells all that it has, from its first on, so what is new is the next one. */
  #see(node: string, movement: Movement): void {
    const known = this.#movements[movement.number - 1]
    if (known === undefined) {
      this.#movements.push(movement)
      this.fresh.push(movement)
    } else if (JSON.stringify(known) !== JSON.stringify(movement)) {
      this.contradictions.push(`${node} has another movement ${movement.number} than was seen before`)
    }
  }
}

const ledgers = new WeakMap<Moment<ShopWords>, Ledger>()

/** One for each run: each run has one moment that is filled anew. */
export function ledgerOf(moment: Moment<ShopWords>): Ledger {
  const ledger = ledgers.get(moment) ?? new Ledger()
  ledgers.set(moment, ledger)
  ledger.take(moment)
  return ledger
}
