import type { Clock } from '#ports/clock'
import type { Store, StoreTx } from '#ports/store'
import { oneVotePerTerm } from '../../properties/election/one-vote-per-term.ts'

/** A store that says done while the write has still to wait for its turn. */
export const storeAnswersEarly = {
  name: 'store-answers-early',
  property: oneVotePerTerm.name,
  storeFront: (store: Store, clock: Clock): Store => new EarlyStore(store, clock),
} as const

class EarlyStore implements Store {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  transaction<T>(work: (tx: StoreTx) => T): T {
    this.#clock.after(lateMs, () => this.#store.transaction(work))
    // Its callers put and ask for nothing back.
    return undefined as T
  }

  view() {
    return this.#store.view()
  }

  close(): void {
    this.#store.close()
  }
}

const lateMs = 30
