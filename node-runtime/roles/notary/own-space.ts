import { ByteReader } from '#kit/bytes'
import { type Store, StoreFailure, type StoreTx } from '#ports/store'

/** What a peer keeps for itself beside the replicated state: no snapshot carries it, and no repair takes it away. */
export const ownSpace = 'notary-own'

/** null: there is none. What is there and cannot be read is damage, and never nothing. */
export function readOwn<Value>(store: Store, key: string, read: (reader: ByteReader) => Value): Value | null {
  const bytes = store.view().get(ownSpace, key)
  if (bytes === null) return null
  const reader = new ByteReader(bytes)
  const value = read(reader)
  if (!reader.isDone) throw new StoreFailure('store-damaged', `${key} of this peer cannot be read`)
  return value
}

/** False: the disk does not take it now, which is weather. */
export function written(store: Store, work: (tx: StoreTx) => void): boolean {
  return isTaken(() => store.transaction(work))
}

/** Of the store, or of the keys, which lie on the same disk. */
export function isTaken(work: () => void): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (error instanceof StoreFailure && (error.code === 'disk-full' || error.code === 'no-permission')) return false
    throw error
  }
}
