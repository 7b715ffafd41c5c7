import type { Store, StoreTx } from '#ports/store'
import { acknowledgedStands } from '../../properties/shop/acknowledged-stands.ts'
import { Scratch } from '../notary/machine-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** So many transactions go to the disk together. */
const together = 12

/** Lets out what follows from something that is not on the disk yet. */
export const answersBeforeWriting: ShopBug = {
  name: 'answers-before-writing',
  property: acknowledgedStands.name,
  parts: {
    storeFront: (store: Store): Store => {
      let scratch = new Kept(store)
      let count = 0
      return {
        view: () => scratch,
        close: () => store.close(),
        transaction: (work) => {
          const result = work(scratch)
          count += 1
          if (count % together !== 0) return result
          const { changes } = scratch
          scratch = new Kept(store)
          store.transaction((tx) => {
            for (const change of changes) change(tx)
          })
          return result
        },
      }
    },
  },
}

/** Remembers what was written, and has not written it. */
class Kept extends Scratch implements StoreTx {
  readonly changes: ((tx: StoreTx) => void)[] = []

  constructor(store: Store) {
    super(store.view())
  }

  override put(space: string, key: string, value: Uint8Array): void {
    super.put(space, key, value)
    this.changes.push((tx) => tx.put(space, key, value))
  }

  override delete(space: string, key: string): void {
    super.delete(space, key)
    this.changes.push((tx) => tx.delete(space, key))
  }

  /** No step of the orders removes a range. */
  deleteRange(): number {
    return 0
  }
}
