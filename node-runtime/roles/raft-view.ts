import type { TraceWhat } from '#contract/worker/trace'
import type { LeadershipView, TimerView } from '#contract/worker/view'
import type { RaftNote, RaftView } from '#cores/raft/messages'
import { unreachable } from '#kit/assert'

/** Cores count ticks; people read milliseconds. These turn the one into the other, and do nothing else. */
export function leadershipOf(view: RaftView, tickMs: number): LeadershipView {
  const { role, term, leader, votedFor, members, answering, leaderHeardTicksAgo } = view
  const leaderHeardMsAgo = leaderHeardTicksAgo === null ? null : leaderHeardTicksAgo * tickMs
  return { leadership: role, term, leader, votedFor, members, answering, leaderHeardMsAgo }
}

export function timersOf({ electionTicksLeft, electionTicksOf }: RaftView, tickMs: number): readonly TimerView[] {
  if (electionTicksLeft === null || electionTicksOf === null) return []
  return [{ name: 'election', leftMs: electionTicksLeft * tickMs, ofMs: electionTicksOf * tickMs }]
}

export function describeRaftNote(note: RaftNote, tickMs: number): TraceWhat {
  switch (note.kind) {
    case 'role-changed': {
      const { silentTicks, ...rest } = note
      return { ...rest, silentMs: silentTicks === null ? null : silentTicks * tickMs }
    }
    case 'voted':
      return note
    case 'timer':
      return { kind: 'timer', name: note.name, afterMs: note.afterTicks * tickMs }
    default:
      return unreachable(note)
  }
}
