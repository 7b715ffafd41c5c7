import { type Store, StoreFailure } from '#ports/store'

const transactionsMax = 1_000

/** Writes a small and a big row in each transaction until the disk is full; gives back how many rows were acknowledged. */
export function fillUp(store: Store, bigBytes: number): number {
  for (let count = 0; count < transactionsMax; count += 1) {
    const number = String(count).padStart(3, '0')
    try {
      store.transaction((tx) => {
        tx.put('log', `small-${number}`, new Uint8Array([1]))
        tx.put('log', `big-${number}`, new Uint8Array(bigBytes).fill(7))
      })
    } catch (error) {
      if (error instanceof StoreFailure && error.code === 'disk-full') return count * 2
      throw error
    }
  }
  throw new Error('this disk does not get full')
}
