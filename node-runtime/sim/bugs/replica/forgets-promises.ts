import type { Store, StoreTx } from '#ports/store'
import { oneLeaderPerTerm } from '../../properties/replica/one-leader-per-term.ts'
import type { ReplicaBug } from './replica-bug.ts'

/** What a node promises stays in memory once it has been founded. */
export const forgetsPromises: ReplicaBug = {
  name: 'forgets-promises',
  property: oneLeaderPerTerm.name,
  parts: { storeFront: (store) => new ForgetfulStore(store) },
}

class ForgetfulStore implements Store {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  transaction<T>(work: (tx: StoreTx) => T): T {
    const isFounded = this.#store.view().get('raft', 'hard-state') !== null
    return this.#store.transaction((tx) => work(isFounded ? forgetting(tx) : tx))
  }

  view() {
    return this.#store.view()
  }

  close(): void {
    this.#store.close()
  }
}

function forgetting(tx: StoreTx): StoreTx {
  return {
    get: (space, key) => tx.get(space, key),
    scan: (space, range) => tx.scan(space, range),
    put: (space, key, value) => (space === 'raft' && key === 'hard-state' ? undefined : tx.put(space, key, value)),
    delete: (space, key) => tx.delete(space, key),
    deleteRange: (space, range) => tx.deleteRange(space, range),
  }
}
