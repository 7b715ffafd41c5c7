import { describe, expect, it } from 'vitest'
import { nowMs, snapshotOf } from '../testing/cards.ts'
import { emptyTopology, hostNow, withNewLine, withSnapshot } from './topology.ts'

const first = withSnapshot(emptyTopology, snapshotOf({ revision: 5 }), nowMs)

describe('the topology store', () => {
  it('drops a snapshot that another overtook', () => {
    expect(withSnapshot(first, snapshotOf({ revision: 4, lab: 'other' }), nowMs)).toBe(first)
  })

  it('keeps the objects of what did not change, so that nothing is drawn again for it', () => {
    const next = withSnapshot(first, snapshotOf({ revision: 6, lab: 'other' }), nowMs)
    expect(next.snapshot).not.toBe(first.snapshot)
    expect(next.snapshot?.lab).toBe('other')
    expect(next.snapshot?.clusters).toBe(first.snapshot?.clusters)
  })

  it('takes any revision of a host that answers after the line broke', () => {
    expect(withSnapshot(withNewLine(first), snapshotOf({ revision: 1, lab: 'new' }), nowMs).snapshot?.lab).toBe('new')
  })

  it('reckons the clock of the host by the snapshot that was fastest on its way', () => {
    const slow = withSnapshot(first, snapshotOf({ revision: 6, takenWallMs: nowMs + 100 }), nowMs + 900)
    expect(hostNow(slow, nowMs + 900)).toBe(nowMs + 900)
    const ahead = withSnapshot(first, snapshotOf({ revision: 6, takenWallMs: nowMs + 5_000 }), nowMs + 10)
    expect(hostNow(ahead, nowMs + 10)).toBe(nowMs + 5_000)
  })
})
