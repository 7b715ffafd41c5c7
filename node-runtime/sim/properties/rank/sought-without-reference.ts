import type { Sometimes } from '../../subject.ts'
import { type RankWords, referenceOf } from '../../subjects/rank-program.ts'

export const soughtWithoutReference: Sometimes<RankWords> = {
  name: 'a coordinator was sought while the reference was down',
  start:
    () =>
    ({ scenario, notes, views }) => {
      const reference = referenceOf(scenario)
      const isDown = reference !== null && !views.some(({ id }) => id === reference)
      return isDown && notes.some(({ note }) => note.to === 'asking')
    },
}
