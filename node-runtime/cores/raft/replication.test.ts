import { describe, expect, it } from 'vitest'
import type { RaftCore } from './core.ts'
import type { RaftLimits } from './limits.ts'
import type { RaftOutput } from './messages.ts'
import { progressLimits } from './progress.ts'
import { timing } from './testing/group.ts'
import {
  acknowledge,
  append,
  beatAnswer,
  elected,
  entry,
  leader,
  n2,
  n3,
  propose,
  say,
  settledLeader,
  tick,
  ticks,
  wordsOf,
} from './testing/one-core.ts'

const progressOf = (core: RaftCore, peer = n2) => core.view.progress.find((progress) => progress.peer === peer)
const withProgress = (limits: Partial<RaftLimits['progress']>) => ({
  limits: { progress: { ...progressLimits, ...limits } },
})
const refusal = (term: number, previousIndex: number, index: number, hintTerm: number) =>
  ({ kind: 'append-refusal', term, previousIndex, hint: { index, term: hintTerm } }) as const

describe('what a leader sends', () => {
  it('RP6 begins with an entry that says nothing, in its own term, behind what is there', () => {
    const { output } = elected({ terms: [1, 1] })
    expect(output.persist?.entries).toMatchObject([{ index: 3, term: 2, kind: 'no-op' }])
    for (const peer of [n2, n3])
      expect(wordsOf(output, 'append', peer)).toMatchObject([
        { previous: { index: 2, term: 1 }, entries: [{ index: 3 }] },
      ])
  })

  it('RP3 sends an entry to all as soon as it is proposed, without waiting for answers', () => {
    const core = settledLeader()
    for (let index = 2; index < 10; index += 1) {
      const output = core.step([propose(index)])
      for (const peer of [n2, n3]) {
        expect(wordsOf(output, 'append', peer)).toMatchObject([
          { previous: { index: index - 1 }, entries: [{ index }] },
        ])
      }
    }
  })

  it('RP3 asks one that has not answered yet about one place, once', () => {
    const core = leader({ terms: [1] })
    expect(progressOf(core)).toMatchObject({ state: 'probing', matchIndex: 0 })
    expect(wordsOf(core.step([propose(1)]), 'append')).toEqual([])
    const output = say(core, n2, { kind: 'append-answer', term: 2, matchIndex: 2 })
    expect(wordsOf(output, 'append', n2)).toMatchObject([{ entries: [{ index: 3 }] }])
    expect(progressOf(core)).toMatchObject({ state: 'replicating', matchIndex: 2 })
  })

  it('RP3 stops at so many messages on their way, and goes on with each answer', () => {
    const core = settledLeader(withProgress({ appendsInFlightMax: 3 }))
    const counts = [1, 2, 3, 4, 5].map((ref) => wordsOf(core.step([propose(ref)]), 'append', n2).length)
    expect(counts).toEqual([1, 1, 1, 0, 0])
    const output = say(core, n2, { kind: 'append-answer', term: 1, matchIndex: 2 })
    expect(wordsOf(output, 'append', n2)).toMatchObject([{ entries: [{ index: 5 }, { index: 6 }] }])
  })

  it('RP3 stops at so many bytes on their way, and goes on when there are fewer', () => {
    const core = settledLeader(withProgress({ bytesInFlightMax: 3_000, appendBytesMax: 1_000 }))
    const sent = (output: RaftOutput) => wordsOf(output, 'append', n2).map(({ entries }) => entries.length)
    expect(sent(core.step([1, 2, 3, 4, 5].map((ref) => propose(ref, 'x'.repeat(959)))))).toEqual([1, 1, 1])
    expect(sent(say(core, n2, { kind: 'append-answer', term: 1, matchIndex: 2 }))).toEqual([1])
    expect(sent(say(core, n2, { kind: 'append-answer', term: 1, matchIndex: 2 }))).toEqual([])
  })

  it('RP3 one message carries only so many entries and bytes, but one entry at least', () => {
    const sent = (limits: Partial<RaftLimits['progress']>, large: number) => {
      const core = settledLeader(withProgress(limits))
      const proposals = [1, 2, 3, 4].map((ref) => propose(ref, 'x'.repeat(large)))
      return wordsOf(core.step(proposals), 'append', n2).map(({ entries }) => entries.length)
    }
    expect(sent({ appendEntriesMax: 3 }, 1)).toEqual([3, 1])
    expect(sent({ appendBytesMax: 1_000 }, 459)).toEqual([2, 2])
    expect(sent({ appendBytesMax: 1_000 }, 1_000)).toEqual([1, 1, 1, 1])
  })

  it('RP3 sends nothing but heartbeats to one that is silent', () => {
    const core = settledLeader()
    for (let waited = 0; waited < timing.electionTicksMin; waited += 1) {
      core.step([tick])
      acknowledge(core, n2)
    }
    expect(progressOf(core, n3)?.isPresent).toBe(false)
    const output = core.step([propose(1), ...Array.from({ length: timing.heartbeatTicks }, () => tick)])
    expect(output.messages.filter(({ to }) => to === n3).map(({ message }) => message.kind)).toEqual(['heartbeat'])
  })
})

describe('how a leader finds out what a peer has', () => {
  const terms = [1, 1, 1, 4, 4, 6, 6]

  it.each([
    ['has less', refusal(7, 7, 4, 4), 4],
    ['has more of an older term', refusal(7, 7, 6, 3), 3],
    ['has nothing', refusal(7, 7, 0, 0), 0],
    ['ends where a term of ours does', refusal(7, 7, 5, 4), 5],
    ['has a term that we never had, and all before it', refusal(7, 7, 6, 5), 5],
  ])('RP4 goes back in one step behind what may agree, when the peer %s', (_, words, previousIndex) => {
    const core = leader({ terms })
    const output = say(core, n2, words)
    expect(wordsOf(output, 'append', n2)).toMatchObject([{ previous: { index: previousIndex } }])
    expect(progressOf(core)).toMatchObject({ state: 'probing' })
  })

  it('RP4 goes back by at least one place, whatever the peer says', () => {
    const core = leader({ terms })
    for (let previous = 7; previous > 0; previous -= 1) {
      const output = say(core, n2, refusal(7, previous, 99, 99))
      expect(wordsOf(output, 'append', n2)).toMatchObject([{ previous: { index: previous - 1 } }])
    }
  })

  it('RP4 a refusal of something else than what was asked says nothing', () => {
    const core = leader({ terms })
    say(core, n2, refusal(7, 7, 4, 4))
    expect(say(core, n2, refusal(7, 7, 4, 4)).messages).toEqual([])
    expect(say(core, n2, refusal(7, 2, 0, 0)).messages).toEqual([])
    acknowledge(core, n2)
    expect(say(core, n2, refusal(7, 4, 2, 1)).messages).toEqual([])
    expect(say(core, n2, refusal(7, 8, 2, 1)).messages).toEqual([])
    expect(progressOf(core)).toMatchObject({ state: 'replicating', matchIndex: 8 })
  })

  it('RP4 an old acknowledgement that comes late does not end the asking', () => {
    const core = leader({ terms })
    say(core, n2, refusal(7, 7, 5, 4))
    say(core, n2, { kind: 'append-answer', term: 7, matchIndex: 3 })
    expect(progressOf(core)).toMatchObject({ state: 'probing', matchIndex: 3 })
    const output = say(core, n2, refusal(7, 5, 1, 1))
    expect(wordsOf(output, 'append', n2)).toMatchObject([{ previous: { index: 3 } }])
    say(core, n2, { kind: 'append-answer', term: 7, matchIndex: 8 })
    expect(progressOf(core)).toMatchObject({ state: 'replicating', matchIndex: 8 })
  })

  it('EL17 an acknowledgement of what was never sent is reported, and commits nothing', () => {
    const core = leader()
    const output = say(core, n2, { kind: 'append-answer', term: 1, matchIndex: 2 })
    expect(output.anomaly).toBe('n2 acknowledges entry 2, which was never sent')
    expect(core.view.commitIndex).toBe(0)
  })
})

describe('what was lost on the way', () => {
  /** n1 has sent entry 2 to n2, and then a heartbeat; gives back its round. */
  function sentAndBeaten(core: RaftCore): number {
    core.step([propose(1)])
    return wordsOf(ticks(core, timing.heartbeatTicks).at(-1)!, 'heartbeat', n2)[0]!.round
  }

  it('RP8 the answer to a heartbeat shows that what was sent before it did not arrive', () => {
    const core = settledLeader()
    const output = say(core, n2, beatAnswer(1, sentAndBeaten(core), 1))
    expect(wordsOf(output, 'append', n2)).toMatchObject([{ previous: { index: 1 }, entries: [{ index: 2 }] }])
  })

  it('RP8 it shows as well that the answer was lost, though the entry is there', () => {
    const core = settledLeader()
    const output = say(core, n2, beatAnswer(1, sentAndBeaten(core), 2))
    expect(wordsOf(output, 'append', n2)).toMatchObject([{ previous: { index: 1 }, entries: [{ index: 2 }] }])
  })

  it('RP8 of what was sent behind the heartbeat it says nothing', () => {
    const core = settledLeader()
    const round = wordsOf(ticks(core, timing.heartbeatTicks).at(-1)!, 'heartbeat', n2)[0]!.round
    core.step([propose(1)])
    expect(say(core, n2, beatAnswer(1, round, 1)).messages).toEqual([])
    expect(progressOf(core)).toMatchObject({ state: 'replicating' })
  })

  it('RP8 is seen also by a leader that beats faster than its peers answer', () => {
    const core = settledLeader()
    const round = sentAndBeaten(core)
    for (let ref = 1; ref < 2 * progressLimits.marksMax; ref += 1) core.step([{ kind: 'read', ref }])
    expect(wordsOf(say(core, n2, beatAnswer(1, round, 1)), 'append', n2)).toHaveLength(1)
  })

  it('RP8 a question that was lost is asked again, and one that was answered is not', () => {
    const core = leader({ terms: [1] })
    say(core, n3, { kind: 'append-answer', term: 2, matchIndex: 2 })
    const round = wordsOf(ticks(core, timing.heartbeatTicks).at(-1)!, 'heartbeat', n2)[0]!.round
    expect(wordsOf(say(core, n2, beatAnswer(2, 1, 1)), 'append', n2)).toEqual([])
    expect(wordsOf(say(core, n2, beatAnswer(2, round, 1)), 'append', n2)).toMatchObject([{ previous: { index: 1 } }])
    expect(wordsOf(say(core, n3, beatAnswer(2, round, 2)), 'append', n3)).toEqual([])
  })

  it('RP8 a question that was refused in time is not taken for lost', () => {
    const core = leader({ terms: [1, 1] })
    const beaten = ticks(core, timing.heartbeatTicks).flatMap((output) => wordsOf(output, 'heartbeat', n2))
    expect(wordsOf(say(core, n2, refusal(2, 2, 0, 0)), 'append', n2)).toHaveLength(1)
    expect(say(core, n2, beatAnswer(2, beaten[0]!.round, 0)).messages).toEqual([])
  })

  it('RP8 RP3 what was lost takes no room on the way', () => {
    const core = settledLeader(withProgress({ appendsInFlightMax: 2, appendEntriesMax: 1, bytesInFlightMax: 1_000 }))
    core.step([1, 2, 3, 4].map((ref) => propose(ref, 'x'.repeat(459))))
    const beaten = ticks(core, timing.heartbeatTicks).flatMap((output) => wordsOf(output, 'heartbeat', n2))
    say(core, n2, beatAnswer(1, beaten[0]!.round, 1))
    const output = say(core, n2, { kind: 'append-answer', term: 1, matchIndex: 2 })
    expect(wordsOf(output, 'append', n2).map(({ entries }) => entries[0]?.index)).toEqual([3, 4])
  })

  it('EL17 the answer to a heartbeat that was never sent is reported, and proves nothing', () => {
    const core = settledLeader()
    core.step([{ kind: 'read', ref: 1 }])
    const output = say(core, n2, beatAnswer(1, 99, 1))
    expect(output).toMatchObject({ anomaly: 'n2 answers heartbeat 99, which was never sent', reads: [] })
  })
})

describe('what is sent once and for all', () => {
  it('RP1 a leader appends, and changes nothing that stands in its log', () => {
    const core = settledLeader({ terms: [1, 1] })
    const outputs = [core.step([propose(1)]), acknowledge(core, n2), ...ticks(core, 5)]
    for (const { persist } of outputs) for (const { index } of persist?.entries ?? []) expect(index).toBeGreaterThan(3)
    const own = say(core, n2, append(2, { index: 2, term: 1 }, [entry({ index: 3, term: 1 })]))
    expect(own).toMatchObject({ persist: null, anomaly: expect.stringContaining('leads term 2') })
  })
})
