import { describe, expect, it } from 'vitest'
import { founded } from './membership.ts'
import { timing } from './testing/group.ts'
import {
  acknowledge,
  beatAnswer,
  elected,
  entry,
  leader,
  n1,
  n2,
  n3,
  propose,
  restored,
  say,
  settledLeader,
  tick,
  ticks,
  words,
  wordsOf,
} from './testing/one-core.ts'

const acked = (term: number, matchIndex: number) => ({ kind: 'append-answer', term, matchIndex }) as const
const five = founded(['n1', 'n2', 'n3', 'n4', 'n5'] as never)

describe('what is committed', () => {
  it('RP5 is what a majority of the voters has, the leader among them', () => {
    const core = leader({ members: five })
    core.step([propose(1), propose(2)])
    say(core, n2, acked(1, 3))
    expect(core.view.commitIndex).toBe(0)
    const output = say(core, n3, acked(1, 2))
    expect(output.committed.map(({ index }) => index)).toEqual([1, 2])
  })

  it('RP5 an entry of an older term is not committed by being on a majority (figure 8 of the paper)', () => {
    const core = leader({ terms: [1, 2] })
    for (const peer of [n2, n3]) expect(say(core, peer, acked(3, 2)).committed).toEqual([])
    expect(core.view.commitIndex).toBe(0)
    expect(say(core, n2, acked(3, 3)).committed.map(({ index }) => index)).toEqual([1, 2, 3])
  })

  it('RP5 who is alone commits in the step that proposes', () => {
    const core = restored(null, [n1])
    core.step([tick])
    const output = core.step([propose(1)])
    expect([output.persist?.entries.length, output.committed.length]).toEqual([1, 1])
  })

  it('RP5 an old acknowledgement takes nothing back', () => {
    const core = settledLeader()
    core.step([propose(1)])
    acknowledge(core, n2)
    say(core, n2, acked(1, 1))
    expect(core.view).toMatchObject({ commitIndex: 2 })
    expect(core.view.progress[0]).toMatchObject({ peer: n2, matchIndex: 2 })
  })

  it('RP7 is told at once when there is nothing to append, to each as far as it goes along', () => {
    const core = settledLeader()
    core.step([propose(1)])
    const output = acknowledge(core, n2)
    expect(wordsOf(output, 'commit', n2)).toMatchObject([{ commit: 2 }])
    expect(wordsOf(output, 'commit', n3)).toEqual([])
    expect(wordsOf(acknowledge(core, n3), 'commit', n3)).toMatchObject([{ commit: 2 }])
    expect(acknowledge(core, n3).messages).toEqual([])
  })

  it('RP7 goes with the next append if there is one, and with every heartbeat, never beyond what the peer has', () => {
    const core = settledLeader()
    core.step([propose(1)])
    say(core, n2, acked(1, 2))
    const output = core.step([propose(2)])
    expect(wordsOf(output, 'append', n2)).toMatchObject([{ commit: 2 }])
    expect(wordsOf(output, 'commit')).toEqual([])
    const beaten = ticks(core, timing.heartbeatTicks).at(-1)!
    expect(wordsOf(beaten, 'heartbeat', n2)).toMatchObject([{ commit: 2 }])
    expect(wordsOf(beaten, 'heartbeat', n3)).toMatchObject([{ commit: 1 }])
  })

  it('RP7 has no word of its own while more is under way, which will say it', () => {
    const core = settledLeader()
    core.step([propose(1)])
    core.step([propose(2)])
    expect(wordsOf(say(core, n2, acked(1, 2)), 'commit')).toEqual([])
    expect(core.view.commitIndex).toBe(2)
    expect(wordsOf(say(core, n2, acked(1, 3)), 'commit', n2)).toMatchObject([{ commit: 3 }])
  })

  it('RP7 what a heartbeat of the same step has told is not said twice', () => {
    const core = settledLeader()
    core.step([propose(1), ...Array.from({ length: timing.heartbeatTicks - 1 }, () => tick)])
    const output = core.step([tick, words(n2, acked(1, 2))])
    expect(wordsOf(output, 'heartbeat', n2)).toMatchObject([{ commit: 2 }])
    expect(wordsOf(output, 'commit')).toEqual([])
  })

  it('RP6 a new leader commits what it found only under its own first entry', () => {
    const { core, output } = elected({ terms: [1, 1], appliedIndex: 1 })
    expect(output.committed).toEqual([])
    say(core, n2, beatAnswer(2, 1, 2))
    expect(core.view.commitIndex).toBe(1)
    expect(acknowledge(core, n2).committed.map(({ index }) => index)).toEqual([2, 3])
  })
})

describe('what is refused', () => {
  it('RP11 so many entries may wait to be committed, and the next is refused until some are', () => {
    const core = settledLeader({ limits: { leadership: { uncommittedEntriesMax: 3, uncommittedBytesMax: 1_000_000 } } })
    const output = core.step([1, 2, 3, 4, 5].map((ref) => propose(ref)))
    expect(output.accepted.map(({ ref }) => ref)).toEqual([1, 2, 3])
    expect(output.refused).toEqual([4, 5].map((ref) => ({ ref, why: 'busy' })))
    say(core, n2, acked(1, 2))
    expect(core.step([propose(6), propose(7)])).toMatchObject({ accepted: [{ ref: 6 }], refused: [{ ref: 7 }] })
  })

  it('RP11 what was committed before weighs nothing, and the last byte may be used', () => {
    const core = settledLeader({ limits: { leadership: { uncommittedEntriesMax: 99, uncommittedBytesMax: 100 } } })
    expect(core.step([propose(1, 'x'.repeat(101))]).refused).toHaveLength(1)
    expect(core.step([propose(1, 'x'.repeat(100))]).accepted).toHaveLength(1)
  })

  it('RP11 what a leader found in its log was not proposed to it, and weighs nothing either', () => {
    const limits = { leadership: { uncommittedEntriesMax: 99, uncommittedBytesMax: 150 } }
    const core = leader({ terms: [1, 1], limits })
    expect(core.step([propose(1, 'x'.repeat(60))]).accepted).toHaveLength(1)
    say(core, n2, acked(2, 3))
    expect(core.step([propose(1, 'x'.repeat(60))]).refused).toHaveLength(1)
  })

  it('RP11 so many bytes may wait to be committed', () => {
    const core = settledLeader({ limits: { leadership: { uncommittedEntriesMax: 99, uncommittedBytesMax: 3_500 } } })
    const proposeMany = (count: number): number =>
      core.step(Array.from({ length: count }, (_, ref) => propose(ref, 'x'.repeat(959)))).accepted.length
    expect(proposeMany(5)).toBe(3)
    say(core, n2, acked(1, 3))
    expect(proposeMany(5)).toBe(2)
    acknowledge(core, n2)
    expect(proposeMany(5)).toBe(3)
  })

  it('is proposed to who does not lead', () => {
    expect(restored(null).step([propose(1)]).refused).toEqual([{ ref: 1, why: 'not-leader' }])
  })
})

describe('times', () => {
  it('CK1 neither time nor stamp goes back along the log, whatever the clocks say', () => {
    const core = settledLeader()
    const at = (atMs: number, lamport: number) => ({ ...propose(1), atMs, lamport })
    const output = core.step([at(50, 9), at(40, 12), at(60, 3)])
    expect(output.persist?.entries.map(({ atMs, lamport }) => [atMs, lamport])).toEqual([
      [50, 9],
      [50, 12],
      [60, 12],
    ])
    const change = { kind: 'change-members', ref: 2, change: { kind: 'remove', node: n3 }, atMs: 10 } as const
    acknowledge(core, n2)
    expect(core.step([change]).persist?.entries).toMatchObject([{ atMs: 60, lamport: 12 }])
  })

  it('CK1 a new leader begins where the log and its base have got to', () => {
    const found = entry({ index: 4, term: 1, atMs: 70, lamport: 7 })
    const base = { end: { index: 3, term: 1 }, atMs: 90, lamport: 5 }
    expect(elected({ base }).output.persist?.entries).toMatchObject([{ atMs: 90, lamport: 5 }])
    const restoredWith = { base: { ...base, atMs: 60 }, entries: [found] }
    expect(elected(restoredWith).output.persist?.entries).toMatchObject([{ index: 5, atMs: 70, lamport: 7 }])
  })
})
