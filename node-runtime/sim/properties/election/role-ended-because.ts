import type { RaftRole, RaftWhy } from '#cores/raft/messages'
import type { Sometimes } from '../../subject.ts'
import type { ElectionWords } from '../../subjects/election-words.ts'

/** A node gave up a role for this reason. */
export function roleEndedBecause(role: RaftRole, why: RaftWhy): Sometimes<ElectionWords> {
  return {
    name: `${role} gave up: ${why}`,
    start: () => (moment) =>
      moment.notes.some(({ note }) => note.kind === 'role-changed' && note.from === role && note.why === why),
  }
}
