import type { RaftRole } from '#cores/raft/messages'
import type { Sometimes } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

/** A node lost its power in a role in which others may be counting on it. */
export function crashedWhile(role: RaftRole): Sometimes<RaftWords> {
  return {
    name: `crashed as ${role}`,
    start: () => (moment) => moment.crashes.some(({ view }) => view?.role === role),
  }
}
