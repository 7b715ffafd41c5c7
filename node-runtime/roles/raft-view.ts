import type { TraceWhat } from '#contract/worker/trace'
import type { LeadershipView, LogView, TimerView } from '#contract/worker/view'
import type { Member } from '#cores/raft/membership'
import type { RaftNote, RaftView } from '#cores/raft/messages'
import { unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'

/** Cores count ticks; people read milliseconds. These turn the one into the other, and do nothing else. */
export function leadershipOf(view: RaftView, tickMs: number): LeadershipView {
  const { role, term, leader, votedFor, membership, leaderHeardTicksAgo } = view
  const { answering, lost, incarnation, favourite, handingOverTo } = view
  return {
    leadership: role,
    term,
    leader,
    votedFor,
    members: namesOf(membership, 'voters'),
    learners: namesOf(membership, 'learners'),
    leaderHeardMsAgo: leaderHeardTicksAgo === null ? null : leaderHeardTicksAgo * tickMs,
    answering,
    lost,
    incarnation,
    favourite,
    handingOverTo,
  }
}

export function logOf({ last, commitIndex, base, progress }: RaftView, appliedIndex: number): LogView {
  return {
    lastIndex: last.index,
    lastTerm: last.term,
    committedIndex: commitIndex,
    appliedIndex,
    snapshotIndex: base.index,
    peers: progress,
  }
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
    case 'timer':
      return { kind: 'timer', name: note.name, afterMs: note.afterTicks * tickMs }
    case 'members-changed': {
      const { members, index } = note
      return { kind: note.kind, voters: namesOf(members, 'voters'), learners: namesOf(members, 'learners'), index }
    }
    case 'voted':
    case 'handing-over':
    case 'log-cut':
    case 'snapshot-began':
    case 'snapshot-installed':
    case 'peer-lost-disk':
    case 'group-lost':
      return note
    default:
      return unreachable(note)
  }
}

function namesOf(members: readonly Member[], which: 'voters' | 'learners'): readonly NodeId[] {
  return members.flatMap(({ node, isVoter }) => (isVoter === (which === 'voters') ? [node] : []))
}
