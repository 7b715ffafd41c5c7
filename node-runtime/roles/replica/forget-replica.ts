import type { Store } from '#ports/store'
import { clearLeftOver } from './generations.ts'

/** Rows of the log are large; they go this many at a time, so that no transaction lasts. */
const forgottenRowsMax = 32

/**
 * Removes everything that a replica keeps. Who it was goes first and where its state lies goes last: whatever is left
 * when the power goes in between is read as damage, and never as a state.
 */
export function forgetReplica(store: Store): void {
  store.transaction((tx) => tx.deleteRange('raft', {}))
  while (!store.transaction((tx) => clearLeftOver(tx, [])));
  while (store.transaction((tx) => tx.deleteRange('log', { limit: forgottenRowsMax })) === forgottenRowsMax);
  store.transaction((tx) => tx.deleteRange('applied', {}))
}
