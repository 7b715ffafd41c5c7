import type { Sometimes } from '../../subject.ts'
import type { SeatedWords } from '../../subjects/choice-words.ts'

export const coordinatorCrashed: Sometimes<SeatedWords> = {
  name: 'a coordinator crashed',
  start: () => (moment) => moment.crashes.some(({ view }) => view?.phase === 'coordinating'),
}
