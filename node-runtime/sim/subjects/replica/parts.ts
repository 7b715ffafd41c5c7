import type { Store } from '#ports/store'

/** What a planted bug may put in the place of something right. */
export interface ReplicaParts {
  /** Stands between the role and its disk. */
  storeFront(store: Store): Store
  /** What a client makes of a command of which nobody knows whether it happened. */
  readonly uncertain: 'leave' | 'ask-anew' | 'take-for-done'
}

export const rightReplica: ReplicaParts = { storeFront: (store) => store, uncertain: 'leave' }
