import type { Phase, PhaseWhy } from '#cores/election/messages'
import type { Sometimes } from '../../subject.ts'
import type { ChoiceWords } from '../../subjects/choice-words.ts'

/** A node left this phase for this reason. */
export function phaseEndedBecause(phase: Phase, why: PhaseWhy): Sometimes<ChoiceWords> {
  return {
    name: `${phase} ended: ${why}`,
    start: () => (moment) => moment.notes.some(({ note }) => note.from === phase && note.why === why),
  }
}
