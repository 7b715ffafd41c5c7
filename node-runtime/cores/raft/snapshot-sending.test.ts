import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import type { RaftCore } from './core.ts'
import { founded } from './membership.ts'
import type { Chunk, ChunkOrder, RaftInput, RaftOutput, SnapshotId } from './messages.ts'
import { timing } from './testing/group.ts'
import { acknowledge, beatAnswer, leader, n1, n2, n3, propose, say, tick, ticks, wordsOf } from './testing/one-core.ts'

const end = { index: 6, term: 1 }
const given = { base: { end }, terms: [1] }

/** n1 leads in term 2 with entries from 7 on; n2 has said that it lacks what is before. */
function begun(): { readonly core: RaftCore; readonly order: ChunkOrder } {
  const core = leader(given)
  const hint = { index: 3, term: 1 }
  say(core, n2, { kind: 'append-refusal', term: 2, previousIndex: 7, hint })
  const output = say(core, n2, { kind: 'append-refusal', term: 2, previousIndex: 6, hint })
  return { core, order: output.chunksWanted[0]! }
}

function found(order: ChunkOrder, isLast = false): RaftInput {
  const snapshot: SnapshotId = {
    end: { index: 7, term: 1 },
    membership: founded([n1, n2, n3]),
    atMs: 0,
    lamport: 0,
    transfer: order.transfer,
  }
  const chunk: Chunk = { number: order.number, isLast, bytes: Uint8Array.of(order.number) }
  return { kind: 'chunk', order, found: { snapshot, chunk } }
}

const answer = (order: ChunkOrder, wanted: number | null) =>
  ({ kind: 'snapshot-answer', term: 2, transfer: order.transfer, wanted }) as const
const stateOf = (core: RaftCore) => core.view.progress.find(({ peer }) => peer === n2)?.state

/** n2 is there all the while, and says nothing about the snapshot. */
function wait(core: RaftCore, count: number): RaftOutput[] {
  return Array.from({ length: count }, () => {
    const output = core.step([tick])
    for (const peer of [n2, n3]) say(core, peer, beatAnswer(2, 0, 3))
    return output
  })
}

describe('sending a snapshot', () => {
  it('SN1 is begun for who lacks what the log no longer has, with number 0 of a new transfer', () => {
    const { core, order } = begun()
    expect(order).toMatchObject({ to: n2, number: 0 })
    expect(stateOf(core)).toBe('snapshot')
    const output = core.step([found(order)])
    expect(wordsOf(output, 'snapshot-chunk', n2)).toMatchObject([
      { term: 2, number: 0, snapshot: { transfer: order.transfer } },
    ])
    expect(output.notes).toEqual([{ kind: 'snapshot-began', to: n2, index: 7 }])
  })

  it('SN2 orders the next chunk when the one before is on the peer’s disk, and not twice', () => {
    const { core, order } = begun()
    core.step([found(order)])
    expect(say(core, n2, answer(order, 1)).chunksWanted).toEqual([{ ...order, number: 1 }])
    expect(say(core, n2, answer(order, 1)).chunksWanted).toEqual([])
    core.step([found({ ...order, number: 1 })])
    expect(say(core, n2, answer(order, 2)).chunksWanted).toEqual([{ ...order, number: 2 }])
  })

  it('SN2 sends nothing else to that peer meanwhile, but heartbeats', () => {
    const { core, order } = begun()
    core.step([found(order)])
    const output = core.step([propose(1), ...Array.from({ length: timing.heartbeatTicks }, () => tick)])
    expect(output.messages.filter(({ to }) => to === n2).map(({ message }) => message.kind)).toEqual(['heartbeat'])
  })

  it('SN3 goes on with the log behind the snapshot when the peer has it all, and counts it as acknowledged', () => {
    const { core, order } = begun()
    core.step([found(order, true)])
    const output = say(core, n2, answer(order, null))
    expect(wordsOf(output, 'append', n2)).toMatchObject([{ previous: { index: 7, term: 1 }, entries: [{ index: 8 }] }])
    expect(core.view.progress.find(({ peer }) => peer === n2)).toMatchObject({ state: 'replicating', matchIndex: 7 })
    expect(acknowledge(core, n2).committed.map(({ index }) => index)).toEqual([7, 8])
  })

  it('SN4 a chunk that is not answered within the minimum is ordered again, as often as it takes', () => {
    const { core, order } = begun()
    core.step([found(order)])
    const ordered = wait(core, 3 * timing.electionTicksMin).map(({ chunksWanted }) => chunksWanted)
    expect(ordered.flat()).toEqual([order, order, order])
    expect(ordered.findIndex((orders) => orders.length > 0)).toBe(timing.electionTicksMin - 1)
  })

  it('SN4 also one that never came out of the disk', () => {
    const { core, order } = begun()
    expect(wait(core, timing.electionTicksMin).at(-1)?.chunksWanted).toEqual([order])
  })

  it('SN4 waits for a peer that is silent, and goes on when it is back', () => {
    const { core, order } = begun()
    core.step([found(order)])
    for (let waited = 0; waited < 5 * timing.electionTicksMin; waited += 1) {
      const output = core.step([tick])
      say(core, n3, beatAnswer(2, 0, 8))
      if (waited >= timing.electionTicksMin) expect(output.chunksWanted).toEqual([])
    }
    say(core, n2, beatAnswer(2, 0, 3))
    expect(wait(core, timing.electionTicksMin).flatMap(({ chunksWanted }) => chunksWanted)).toContainEqual(order)
  })

  it('SN4 begins anew for a peer that has forgotten what it had', () => {
    const { core, order } = begun()
    core.step([found(order)])
    say(core, n2, answer(order, 1))
    core.step([found({ ...order, number: 1 })])
    const [anew] = say(core, n2, answer(order, 0)).chunksWanted
    expect(anew).toMatchObject({ to: n2, number: 0 })
    expect(anew?.transfer).not.toBe(order.transfer)
    expect(core.step([found({ ...order, number: 1 })]).messages).toEqual([])
  })

  it('SN6 begins another when the state has moved too far to go on', () => {
    const { core, order } = begun()
    core.step([found(order)])
    say(core, n2, answer(order, 1))
    const [anew] = core.step([{ kind: 'chunk', order: { ...order, number: 1 }, found: null }]).chunksWanted
    expect(anew).toMatchObject({ to: n2, number: 0 })
    expect(anew?.transfer).not.toBe(order.transfer)
  })

  it.each([
    ['of another transfer', (order: ChunkOrder) => answer({ ...order, transfer: order.transfer + 1 }, 1)],
    ['to what was not sent yet', (order: ChunkOrder) => answer(order, null)],
  ])('SN1 an answer %s says nothing', (_, answerTo) => {
    const { core, order } = begun()
    expect(say(core, n2, answerTo(order))).toMatchObject({ chunksWanted: [], messages: [] })
    expect(stateOf(core)).toBe('snapshot')
  })

  it('SN1 a peer that turns out to have what the log has is sent the log', () => {
    const { core } = begun()
    const output = say(core, n2, { kind: 'append-answer', term: 2, matchIndex: 6 })
    expect(wordsOf(output, 'append', n2)).toMatchObject([{ entries: [{ index: 7 }, { index: 8 }] }])
    expect(say(core, n3, { kind: 'append-answer', term: 2, matchIndex: 3 }).anomaly).toBeNull()
  })

  it('SN1 an old word of a peer that is sent a snapshot changes nothing', () => {
    const { core } = begun()
    const late = say(core, n2, { kind: 'append-answer', term: 2, matchIndex: 3 })
    const later = say(core, n2, { kind: 'append-refusal', term: 2, previousIndex: 7, hint: { index: 3, term: 1 } })
    expect([late.chunksWanted, later.chunksWanted, stateOf(core)]).toEqual([[], [], 'snapshot'])
  })

  it('SN2 a chunk that comes out of the disk when another one is wanted is not sent', () => {
    const { core, order } = begun()
    core.step([found(order)])
    say(core, n2, answer(order, 1))
    expect(core.step([found(order)]).messages).toEqual([])
    expect(wordsOf(core.step([found({ ...order, number: 1 })]), 'snapshot-chunk')).toHaveLength(1)
  })

  it.each([
    ['a peer that is sent none', n3],
    ['a stranger', nodeId('n9')],
  ])('SN1 a chunk for %s is not sent, and neither is an answer of its counted', (_, to) => {
    const { core, order } = begun()
    expect(core.step([found({ ...order, to })]).messages).toEqual([])
    expect(core.step([{ kind: 'chunk', order: { ...order, to }, found: null }]).chunksWanted).toEqual([])
    expect(say(core, n3, answer(order, null))).toMatchObject({ messages: [], committed: [], anomaly: null })
  })

  it('SN7 a peer that keeps up needs no snapshot when the log behind it is compacted', () => {
    const core = leader({ terms: [1, 1, 1], appliedIndex: 0 })
    for (const peer of [n2, n3]) acknowledge(core, peer)
    core.step([{ kind: 'compact', upTo: 4 }])
    const output = core.step([propose(1)])
    expect(output.chunksWanted).toEqual([])
    expect(wordsOf(output, 'append')).toHaveLength(2)
  })

  it('SN1 one that was left behind by compaction does, even in the middle of what it is sent', () => {
    const core = leader()
    for (const peer of [n2, n3]) acknowledge(core, peer)
    core.step([propose(1), propose(2)])
    acknowledge(core, n3)
    core.step([{ kind: 'compact', upTo: 3 }])
    const beaten = ticks(core, timing.heartbeatTicks).flatMap((each) => wordsOf(each, 'heartbeat', n2))
    const output = say(core, n2, beatAnswer(1, beaten[0]!.round, 1))
    expect(output.chunksWanted).toMatchObject([{ to: n2, number: 0 }])
  })
})
