import type { RingNote } from '#cores/ring/messages'
import type { Sometimes } from '../../subject.ts'
import { talkLimitsOf } from '../../subjects/ring/settings.ts'
import type { RingWords } from '../../subjects/ring/words.ts'

export const leaderDied: Sometimes<RingWords> = {
  name: 'a leader of others died',
  start:
    () =>
    ({ crashes }) =>
      crashes.some(({ view }) => view?.facts.state === 'leader' && (view.facts.view?.members.length ?? 0) > 1),
}

export const writeLost: Sometimes<RingWords> = {
  name: 'records were lost with the power',
  start:
    () =>
    ({ crashes }) =>
      crashes.some(({ isWriteLost }) => isWriteLost),
}

export const ringsMerged: Sometimes<RingWords> = noted('two rings merged', (note) => note.kind === 'merged')
export const insertedLate: Sometimes<RingWords> = noted(
  'a word was put in late',
  (note) => note.kind === 'inserted-late',
)
export const electedByToken: Sometimes<RingWords> = noted(
  'a token came home',
  (note) => note.kind === 'led' && note.why === 'elected',
)
export const caughtUp: Sometimes<RingWords> = noted('a peer caught up', (note) => note.kind === 'caught-up')
export const falselySuspected: Sometimes<RingWords> = noted('a suspect was cleared', (note) => note.kind === 'cleared')
export const wentOverDead: Sometimes<RingWords> = noted(
  'the ring was closed over a dead one',
  (note) => note.kind === 'closed',
)

export const nobodyListened: Sometimes<RingWords> = noted(
  'a dead one was found because nobody listens there',
  (note) => note.kind === 'found-dead' && note.why === 'refused',
)
export const silentDied: Sometimes<RingWords> = noted(
  'a silent one was found dead',
  (note) => note.kind === 'found-dead' && note.why === 'silent',
)
export const leftInOrder: Sometimes<RingWords> = {
  name: 'a peer of several left in order',
  start:
    () =>
    ({ views }) =>
      views.some(({ facts }) => facts.state === 'left' && (facts.view?.members.length ?? 0) > 1),
}
export const electionAsked: Sometimes<RingWords> = noted(
  'a person had a leader elected',
  (note) => note.kind === 'token-began' && note.why === 'asked',
)
export const historyFull: Sometimes<RingWords> = {
  name: 'a history was full',
  start:
    () =>
    ({ scenario, views }) =>
      views.some(({ facts }) => facts.records >= talkLimitsOf(scenario.settings).recordsMax),
}
export const toldInParts: Sometimes<RingWords> = {
  name: 'more was there than one message tells',
  start:
    () =>
    ({ sent }) =>
      sent.some(
        ({ message: word }) => word.kind === 'message' && word.message.kind === 'have' && !word.message.isToLast,
      ),
}

function noted(name: string, isIt: (note: RingNote) => boolean): Sometimes<RingWords> {
  return { name, start: () => (moment) => moment.notes.some(({ note }) => note.kind !== 'said' && isIt(note)) }
}
