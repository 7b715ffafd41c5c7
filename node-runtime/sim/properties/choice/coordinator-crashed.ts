import type { Sometimes } from '../../subject.ts'
import type { ChoiceWords } from '../../subjects/choice-words.ts'

export const coordinatorCrashed: Sometimes<ChoiceWords> = {
  name: 'a coordinator crashed',
  start: () => (moment) => moment.crashes.some(({ view }) => view?.phase === 'coordinating'),
}
