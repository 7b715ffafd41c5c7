import { fail, ok, type Result } from '#kit/result'
import { type Store, StoreFailure, type StoreTx } from '#ports/store'

/** A full disk is somebody's weather and refuses one change; a damaged one ends the process, as everywhere. */
export function durably<T>(store: Store, work: (tx: StoreTx) => T): Result<T> {
  try {
    return ok(store.transaction(work))
  } catch (error) {
    if (error instanceof StoreFailure && (error.code === 'disk-full' || error.code === 'no-permission')) {
      return fail(error.code, error.message)
    }
    throw error
  }
}
