import type { Sometimes } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

export const ledWithoutAbsent: Sometimes<RaftWords> = {
  name: 'a majority was led in calm, while others stayed away',
  start: () => (moment) =>
    moment.isCalm && moment.scenario.absentInCalm.length > 0 && moment.views.some(({ role }) => role === 'leader'),
}
