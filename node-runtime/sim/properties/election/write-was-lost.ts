import type { Sometimes } from '../../subject.ts'
import type { ElectionWords } from '../../subjects/election-words.ts'

export const writeWasLost: Sometimes<ElectionWords> = {
  name: 'a write was lost with the power',
  start: () => (moment) => moment.crashes.some(({ isWriteLost }) => isWriteLost),
}
