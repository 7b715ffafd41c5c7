import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { bytes } from '#ports/testing/store-home'
import { storeSuite } from '#ports/testing/store-suite'
import { VirtualDisk } from './virtual-disk.ts'
import { VirtualStore } from './virtual-store.ts'

storeSuite('virtual', () => {
  const disk = new VirtualDisk()
  return {
    open: () => {
      disk.losePower()
      return new VirtualStore(disk)
    },
    setFull: (isFull) => {
      disk.isFull = isFull
    },
    remove: () => {},
  }
})

describe('the virtual store alone', () => {
  it('has no use for a store whose life is over', () => {
    const store = new VirtualStore(new VirtualDisk())
    store.close()
    expect(() => store.view()).toThrow(InvariantError)
    expect(() => store.transaction((tx) => tx.put('log', 'a', bytes('1')))).toThrow(InvariantError)
  })
})
