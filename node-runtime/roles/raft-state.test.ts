import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { beginLife } from './lives.ts'
import { restoreHardState, saveHardState } from './raft-state.ts'
import { FakeStore, fullDisk } from './testing/fake-ports.ts'

describe('what a raft peer keeps', () => {
  it.each([
    { term: 0, votedFor: null },
    { term: 7, votedFor: nodeId('notary-2') },
  ])('is found again as it was saved: %o', (state) => {
    const store = new FakeStore()
    expect(restoreHardState(store.view())).toBeNull()
    store.transaction((tx) => saveHardState(tx, state))
    expect(restoreHardState(store.view())).toEqual(state)
  })

  it.each(['', '7', '{"term":1}', '{"term":-1,"votedFor":null}', '{"term":1,"votedFor":"No Such Id"}', 'null'])(
    'is refused when it reads %s: a vote that cannot be read is not no vote',
    (text) => {
      const store = new FakeStore()
      store.rows.set('raft/hard-state', new TextEncoder().encode(text))
      expect(() => restoreHardState(store.view())).toThrow('cannot be read')
    },
  )
})

describe('lives of a node', () => {
  it('are counted on its disk', () => {
    const store = new FakeStore()
    expect(beginLife(store)).toEqual({ life: 1, isCounted: true })
    expect(beginLife(store)).toEqual({ life: 2, isCounted: true })
  })

  it('begin also on a full disk, which then is known', () => {
    const store = new FakeStore()
    beginLife(store)
    store.refuses = fullDisk
    expect(beginLife(store)).toEqual({ life: 2, isCounted: false })
  })
})
