import type { BerkeleyNote } from '#cores/clocks/berkeley-messages'
import type { NodeId } from '#kit/ids'
import type { Sometimes } from '../../subject.ts'
import type { BerkeleyWords } from '../../subjects/berkeley-words.ts'
import { isInDoubt } from './nobody-overruled.ts'

/** A note that says something unusual. */
function noted(name: string, isIt: (note: BerkeleyNote, node: NodeId) => boolean): Sometimes<BerkeleyWords> {
  return { name, start: () => (moment) => moment.notes.some(({ node, note }) => isIt(note, node)) }
}

export const outlierWasDiscarded = noted(
  'an outlier was discarded',
  (note) => note.kind === 'clocks-compared' && note.takenPart > 2 && note.outliers.length > 0,
)

export const coordinatorWasOutlier = noted(
  'the coordinator itself was an outlier',
  (note, node) => note.kind === 'clocks-compared' && note.outliers.includes(node),
)

export const answerWasLost = noted(
  'an answer did not come in time',
  (note) => note.kind === 'clocks-compared' && note.takenPart > 1 && note.unheard.length > 0,
)

export const roundWasInDoubt = noted(
  'a round left in doubt who was right',
  (note) => note.kind === 'clocks-compared' && note.takenPart > 1 && isInDoubt(note),
)

export const nobodyAnswered = noted(
  'nobody answered a poll',
  (note) => note.kind === 'clocks-compared' && note.takenPart === 1,
)

export const clockStepped = noted('a clock stepped', (note) => note.kind === 'clock-corrected' && note.isStep)

export const coordinatorChanged: Sometimes<BerkeleyWords> = {
  name: 'the coordinator changed',
  start() {
    let last: NodeId | null = null
    return ({ notes }) => {
      const before = last
      for (const { node, note } of notes) if (note.kind === 'clocks-compared' && note.takenPart > 1) last = node
      return before !== null && last !== before
    }
  },
}

export const slewedBack: Sometimes<BerkeleyWords> = {
  name: 'a clock was slewed back by more than a second',
  start: () => (moment) => moment.views.some(({ slewLeftMs }) => slewLeftMs < -1_000),
}

export const correctionWasRefused: Sometimes<BerkeleyWords> = {
  name: 'a correction came too late or a second time',
  start:
    () =>
    ({ received, notes }) =>
      received.some(
        ({ to, message }) =>
          message.kind === 'adjust' &&
          !notes.some(({ node, note }) => node === to && note.kind === 'clock-corrected' && note.byMs === message.byMs),
      ),
}

export const pollWasWanted: Sometimes<BerkeleyWords> = {
  name: 'a poll was wanted for messages that were counted',
  start: () => (moment) => moment.received.some(({ message }) => message.kind === 'poll-wanted'),
}
