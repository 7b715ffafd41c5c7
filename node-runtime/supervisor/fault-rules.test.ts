import { describe, expect, it } from 'vitest'
import { type ActiveFault, type Fault, noFaults } from '#contract/worker/faults'
import { faultId, type NodeId, nodeId } from '#kit/ids'
import { directionsOf, nodesOf, rulesFor } from './fault-rules.ts'

const [a, b, c] = ['a', 'b', 'c'].map(nodeId) as [NodeId, NodeId, NodeId]

function active(...faults: readonly Fault[]): readonly ActiveFault[] {
  return faults.map((fault, index) => ({ id: faultId(`fault-${index + 1}`), fault, sinceWallMs: 0, endsWallMs: null }))
}

const sound = { isCut: false, delayMs: 0, jitterMs: 0, lossPercent: 0, duplicatePercent: 0 }

describe('the rules for a node', () => {
  it('are none when nothing is active, or nothing that concerns it', () => {
    expect(rulesFor(a, [])).toEqual(noFaults)
    const elsewhere = active({ kind: 'pause', node: b }, { kind: 'loss', from: b, to: a, percent: 10 })
    expect(rulesFor(a, elsewhere)).toEqual(noFaults)
  })

  it('act on what it sends: a fault of one direction leaves the other alone', () => {
    const faults = active({ kind: 'delay', from: a, to: b, ms: 20, jitterMs: 5 })
    expect(rulesFor(a, faults).links).toEqual([{ ...sound, to: b, delayMs: 20, jitterMs: 5 }])
    expect(rulesFor(b, faults).links).toEqual([])
  })

  it('cut every link of a partition in both directions, and none inside its sides', () => {
    const faults = active({ kind: 'cut', from: [a], to: [b, c], both: true })
    expect(rulesFor(a, faults).links).toEqual([
      { ...sound, to: b, isCut: true },
      { ...sound, to: c, isCut: true },
    ])
    expect(rulesFor(b, faults).links).toEqual([{ ...sound, to: a, isCut: true }])
    expect(rulesFor(c, faults).links).toEqual([{ ...sound, to: a, isCut: true }])
  })

  it('cut one way only when the fault says so', () => {
    const faults = active({ kind: 'cut', from: [a], to: [b], both: false })
    expect(rulesFor(a, faults).links).toHaveLength(1)
    expect(rulesFor(b, faults).links).toEqual([])
  })

  it('add up on one link: the longest delay, the worst loss, and the cut beside them', () => {
    const faults = active(
      { kind: 'delay', from: a, to: b, ms: 20, jitterMs: 50 },
      { kind: 'delay', from: a, to: b, ms: 90, jitterMs: 0 },
      { kind: 'loss', from: a, to: b, percent: 30 },
      { kind: 'loss', from: a, to: b, percent: 5 },
      { kind: 'duplicate', from: a, to: b, percent: 7 },
      { kind: 'cut', from: [a], to: [b], both: false },
    )
    const worst = { to: b, isCut: true, delayMs: 90, jitterMs: 50, lossPercent: 30, duplicatePercent: 7 }
    expect(rulesFor(a, faults).links).toEqual([worst])
    expect(rulesFor(a, faults).faultIds).toHaveLength(6)
  })

  it('add up on one node: skews are summed, the slowest disk counts', () => {
    const faults = active(
      { kind: 'skew', node: a, ms: 5_000 },
      { kind: 'skew', node: a, ms: -2_000 },
      { kind: 'slow-disk', node: a, ms: 10 },
      { kind: 'slow-disk', node: a, ms: 80 },
      { kind: 'full-disk', node: a },
      { kind: 'pause', node: a },
    )
    const { faultIds, ...rules } = rulesFor(a, faults)
    expect(rules).toEqual({ links: [], isPaused: true, skewMs: 3_000, slowDiskMs: 80, isDiskFull: true })
    expect(faultIds).toHaveLength(6)
  })

  it('say nothing of a kill but its id: the process is what it acts on', () => {
    expect(rulesFor(a, active({ kind: 'kill', node: a }))).toEqual({ ...noFaults, faultIds: [faultId('fault-1')] })
  })
})

describe('what a fault is about', () => {
  it('has no direction from a node to itself', () => {
    expect(directionsOf({ kind: 'cut', from: [a, b], to: [b], both: true })).toEqual([
      { from: a, to: b },
      { from: b, to: a },
    ])
    expect(directionsOf({ kind: 'loss', from: a, to: a, percent: 1 })).toEqual([])
    expect(directionsOf({ kind: 'pause', node: a })).toEqual([])
  })

  it('names every node in it', () => {
    expect(nodesOf({ kind: 'skew', node: a, ms: 1 })).toEqual([a])
    expect(nodesOf({ kind: 'cut', from: [a], to: [b, c], both: false })).toEqual([a, b, c])
    expect(nodesOf({ kind: 'delay', from: a, to: c, ms: 1, jitterMs: 0 })).toEqual([a, c])
  })
})
