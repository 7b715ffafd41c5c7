import type { RaftRole, RaftWhy } from '#cores/raft/messages'
import type { Sometimes } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

/** A node gave up a role for this reason. */
export function roleEndedBecause(role: RaftRole, why: RaftWhy): Sometimes<RaftWords> {
  return {
    name: `${role} gave up: ${why}`,
    start: () => (moment) =>
      moment.notes.some(({ note }) => note.kind === 'role-changed' && note.from === role && note.why === why),
  }
}
