import type { Sometimes } from '../../subject.ts'
import type { ElectionWords } from '../../subjects/election-words.ts'

export const ledWithoutAbsent: Sometimes<ElectionWords> = {
  name: 'a majority was led in calm, while others stayed away',
  start: () => (moment) =>
    moment.isCalm && moment.scenario.absentInCalm.length > 0 && moment.views.some(({ role }) => role === 'leader'),
}
