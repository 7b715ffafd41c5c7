import { describe, expect, it } from 'vitest'
import { beginLife } from './lives.ts'
import { FakeStore, fullDisk } from './testing/fake-ports.ts'

describe('lives of a node', () => {
  it('are counted on its disk', () => {
    const store = new FakeStore()
    expect(beginLife(store)).toEqual({ life: 1, isCounted: true })
    expect(beginLife(store)).toEqual({ life: 2, isCounted: true })
  })

  it('begin with another number where an earlier disk has counted some', () => {
    const store = new FakeStore()
    expect(beginLife(store, 70)).toEqual({ life: 70, isCounted: true })
    expect(beginLife(store, 70)).toEqual({ life: 71, isCounted: true })
  })

  it('begin also on a full disk, which then is known', () => {
    const store = new FakeStore()
    beginLife(store)
    store.refuses = fullDisk
    expect(beginLife(store)).toEqual({ life: 2, isCounted: false })
  })
})
