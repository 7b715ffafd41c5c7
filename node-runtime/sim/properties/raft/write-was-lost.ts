import type { Sometimes } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

export const writeWasLost: Sometimes<RaftWords> = {
  name: 'a write was lost with the power',
  start: () => (moment) => moment.crashes.some(({ isWriteLost }) => isWriteLost),
}
