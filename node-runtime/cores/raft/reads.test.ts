import { describe, expect, it } from 'vitest'
import type { RaftCore } from './core.ts'
import { founded } from './membership.ts'
import { readLimits } from './reads.ts'
import { timing } from './testing/group.ts'
import {
  acknowledge,
  beat,
  beatAnswer,
  coreOf,
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

const read = (ref: number) => ({ kind: 'read', ref }) as const

/** Begins a read, and gives back the round that must be answered for it. */
function begin(core: RaftCore, ...refs: readonly number[]): number {
  return wordsOf(core.step(refs.map(read)), 'heartbeat', n2)[0]!.round
}

describe('reads', () => {
  it('RD1 a read may be answered once a majority has answered a heartbeat that was sent after it came', () => {
    const core = settledLeader()
    const before = wordsOf(ticks(core, timing.heartbeatTicks).at(-1)!, 'heartbeat', n2)[0]!.round
    const round = begin(core, 7)
    expect(say(core, n2, beatAnswer(1, before, 1)).reads).toEqual([])
    expect(say(core, n2, beatAnswer(1, round, 1)).reads).toEqual([{ ref: 7, index: 1 }])
    expect(say(core, n3, beatAnswer(1, round, 1)).reads).toEqual([])
  })

  it('RD1 the answer to a later heartbeat is as good', () => {
    const core = settledLeader()
    begin(core, 7)
    expect(say(core, n2, beatAnswer(1, begin(core, 8), 1)).reads.map(({ ref }) => ref)).toEqual([7, 8])
  })

  it('RD1 it is answered from behind what was committed when it came, in the same step as well', () => {
    const core = settledLeader()
    core.step([propose(1)])
    const output = core.step([words(n2, { kind: 'append-answer', term: 1, matchIndex: 2 }), read(7)])
    const { round } = wordsOf(output, 'heartbeat', n2)[0]!
    core.step([propose(2)])
    acknowledge(core, n3)
    expect(say(core, n2, beatAnswer(1, round, 2)).reads).toEqual([{ ref: 7, index: 2 }])
  })

  it('RD1 one answer of four is no majority', () => {
    const core = leader({ members: founded(['n1', 'n2', 'n3', 'n4', 'n5'] as never) })
    for (const peer of [n2, n3]) acknowledge(core, peer)
    const round = begin(core, 7)
    expect(say(core, n2, beatAnswer(1, round, 1)).reads).toEqual([])
    expect(say(core, n2, beatAnswer(1, round, 1)).reads).toEqual([])
    expect(say(core, n3, beatAnswer(1, round, 1)).reads).toHaveLength(1)
  })

  it('RD1 who is alone needs nobody’s word', () => {
    const core = restored(null, [n1])
    core.step([tick])
    expect(core.step([propose(1), read(7)]).reads).toEqual([{ ref: 7, index: 2 }])
  })

  it('RD2 waits until the leader has committed an entry of its own term', () => {
    const core = leader({ terms: [1, 1], appliedIndex: 2 })
    expect(wordsOf(core.step([read(7)]), 'heartbeat')).toEqual([])
    say(core, n2, beatAnswer(2, 1, 2))
    const output = acknowledge(core, n2)
    const { round } = wordsOf(output, 'heartbeat', n2)[0]!
    expect(output.reads).toEqual([])
    expect(say(core, n2, beatAnswer(2, round, 3)).reads).toEqual([{ ref: 7, index: 3 }])
  })

  it('RD3 all reads of a step share one round, and a deposed leader answers none', () => {
    const core = settledLeader()
    const output = core.step([read(7), read(8), read(9)])
    expect(wordsOf(output, 'heartbeat', n2)).toHaveLength(1)
    const fallen = say(core, n2, beat(2))
    expect(fallen.reads).toEqual([])
    expect(fallen.refused).toEqual([7, 8, 9].map((ref) => ({ ref, why: 'not-leader' })))
    const { round } = wordsOf(output, 'heartbeat', n2)[0]!
    expect(say(core, n2, beatAnswer(1, round, 1)).reads).toEqual([])
  })

  it('RD3 trusts no clock: a leader that was answered a moment ago asks all the same', () => {
    const core = settledLeader()
    say(core, n2, beatAnswer(1, 1, 1))
    expect(core.step([read(7)]).reads).toEqual([])
  })

  it('EL7 a leader that no majority answers refuses what waits when it steps down', () => {
    const core = settledLeader()
    core.step([read(7)])
    expect(ticks(core, timing.electionTicksMin).at(-1)?.refused).toEqual([{ ref: 7, why: 'not-leader' }])
  })

  it('RP11 so many may wait, and the next is refused', () => {
    const core = settledLeader()
    const output = core.step(Array.from({ length: readLimits.waitingMax + 1 }, (_, ref) => read(ref)))
    expect(output.refused).toEqual([{ ref: readLimits.waitingMax, why: 'busy' }])
    const { round } = wordsOf(output, 'heartbeat', n2)[0]!
    expect(say(core, n2, beatAnswer(1, round, 1)).reads).toHaveLength(readLimits.waitingMax)
    expect(core.step([read(1)]).refused).toEqual([])
  })

  it('is refused by who does not lead', () => {
    expect(coreOf().step([read(7)]).refused).toEqual([{ ref: 7, why: 'not-leader' }])
  })
})
