import type { Sometimes } from '../../subject.ts'
import type { NotaryNote, NotaryWords } from '../../subjects/notary/words.ts'

type Outcome = Extract<NotaryNote, { kind: 'registered' }>['outcomes'][number]

export const notaryPlaces: readonly Sometimes<NotaryWords>[] = [
  noted("a follower's tail was overwritten", (note) => note.kind === 'log-cut'),
  noted('a snapshot was sent', (note) => note.kind === 'snapshot-began'),
  noted('a snapshot was installed', (note) => note.kind === 'snapshot-installed'),
  noted('a peer began anew', (note) => note.kind === 'began-anew'),
  told('a document was registered', ({ kind }) => kind === 'registered'),
  told('a document was there already', ({ kind }) => kind === 'same-document'),
  told('a key was used again', ({ kind }) => kind === 'same-id'),
  told('a key was taken', (outcome) => outcome.kind === 'refused' && outcome.why === 'id-taken'),
  noted('a batch was registered', (note) => note.kind === 'registered' && note.outcomes.length > 1),
  noted('of a command nobody knew', (note) => note.kind === 'not-executed' && note.code === 'timed-out'),
  noted('a command was answered', (note) => note.kind === 'executed'),
  noted('a proof was shown', (note) => note.kind === 'shown' && hasProof(note)),
  noted('a copy was examined', (note) => note.kind === 'examined' && note.found.kind === 'sound'),
  noted('a chain grew long', (note) => note.kind === 'holds' && note.size > 64),
  {
    name: 'a leader crashed',
    start: () => (moment) => moment.crashes.some(({ view }) => view?.role === 'leader'),
  },
  {
    name: 'a checkpoint was witnessed in trouble',
    start: () => (moment) => !moment.isCalm && moment.views.some(({ witnessedSize }) => witnessedSize > 1),
  },
]

function noted(name: string, isPlace: (note: NotaryNote) => boolean): Sometimes<NotaryWords> {
  return { name, start: () => (moment) => moment.notes.some(({ note }) => isPlace(note)) }
}

function told(name: string, isPlace: (outcome: Outcome) => boolean): Sometimes<NotaryWords> {
  return noted(name, (note) => note.kind === 'registered' && note.outcomes.some(isPlace))
}

function hasProof({ shown: { query, answer } }: Extract<NotaryNote, { kind: 'shown' }>): boolean {
  return query.kind === 'inclusion' && 'proof' in answer && answer.proof !== null
}
