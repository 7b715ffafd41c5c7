import { describe, expect, it } from 'vitest'
import type { LeadershipView, LogView, NodeView } from '#contract/worker/view'
import { nodeId } from '#kit/ids'
import { nodeView, noRole } from '#roles/status'
import { CommitRates } from './commit-rates.ts'

const a = nodeId('a')
const noProcess = { lamport: 0, skewMs: 0, links: [], traceDropped: 0, cpuPercent: 0, memoryMb: 0, logTail: [] }

function view(committedIndex: number, part: Partial<LeadershipView> = {}, lastIndex = committedIndex): NodeView {
  const leadership: LeadershipView = {
    leadership: 'leader',
    term: 3,
    leader: a,
    votedFor: a,
    members: [a],
    leaderHeardMsAgo: 0,
    answering: 1,
    learners: [],
    lost: [],
    incarnation: 1,
    favourite: null,
    handingOverTo: null,
    ...part,
  }
  const log: LogView = { lastIndex, lastTerm: 3, committedIndex, appliedIndex: 0, snapshotIndex: 0, peers: [] }
  return { ...nodeView(noRole, noProcess), leadership, log }
}

function rateAfter(...reports: readonly (readonly [NodeView, number])[]): number | null {
  const rates = new CommitRates()
  for (const [said, wallMs] of reports) rates.saw(a, said, wallMs)
  return rates.of(a)
}

describe('the rate of commits', () => {
  it('is what a leader committed between two of its reports, a second', () => {
    expect(rateAfter([view(10), 0], [view(510), 2_000])).toBe(250)
  })

  it('is zero, and not unknown, while a leader commits nothing', () => {
    expect(rateAfter([view(10), 0], [view(10), 1_000])).toBe(0)
  })

  it('is unknown before there is anything to compare, and for a node that does not lead', () => {
    expect(rateAfter([view(10), 0])).toBeNull()
    expect(rateAfter([view(10), 0], [view(900, { leadership: 'follower' }), 1_000])).toBeNull()
  })

  it('does not count as new what a leader inherited and only now knows to be committed', () => {
    const fresh = view(0, {}, 1_000_000)
    expect(rateAfter([fresh, 0], [view(1_000_000), 1_000])).toBe(0)
    expect(rateAfter([fresh, 0], [view(1_000_100), 1_000])).toBe(100)
  })

  it('begins anew in another term, and when the index went back', () => {
    expect(rateAfter([view(10), 0], [view(500, { term: 4 }), 1_000])).toBeNull()
    expect(rateAfter([view(10), 0], [view(90), 1_000], [view(5), 2_000])).toBeNull()
  })

  it('gathers reports that come close together, so that a hurried one makes no peak', () => {
    expect(rateAfter([view(0), 0], [view(50), 1])).toBeNull()
    expect(rateAfter([view(0), 0], [view(50), 1], [view(100), 1_000])).toBe(100)
  })
})
