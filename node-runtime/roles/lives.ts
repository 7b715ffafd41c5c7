import { type Store, StoreFailure } from '#ports/store'

const space = 'node'
const key = 'lives'
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export interface BegunLife {
  /** 1 in the first life of this node's disk, unless it began with another number. */
  readonly life: number
  /** False: it could not be counted, so the next life may bear the same number; ids are for reading, not for safety. */
  readonly isCounted: boolean
}

/** Counts the lives of a node on its disk, from `first`, so that two lives never give two messages the same id. */
export function beginLife(store: Store, first = 1): BegunLife {
  const bytes = store.view().get(space, key)
  const before = bytes === null ? first - 1 : Number.parseInt(decoder.decode(bytes), 10)
  if (!Number.isSafeInteger(before)) throw new StoreFailure('store-damaged', 'the number of lives cannot be read')
  const life = before + 1
  try {
    store.transaction((tx) => tx.put(space, key, encoder.encode(String(life))))
    return { life, isCounted: true }
  } catch (error) {
    if (error instanceof StoreFailure && (error.code === 'disk-full' || error.code === 'no-permission')) {
      return { life, isCounted: false }
    }
    throw error
  }
}
