import type { Sometimes } from '../../subject.ts'
import type { ReplicaNote, ReplicaWords } from '../../subjects/replica/words.ts'

export const replicaPlaces: readonly Sometimes<ReplicaWords>[] = [
  noted('a command was acknowledged', (note) => note.kind === 'answered' && note.fate === 'done'),
  noted('of a command nobody knew', (note) => note.kind === 'answered' && note.fate === 'unknown'),
  noted('a command was refused', (note) => note.kind === 'answered' && note.fate === 'refused'),
  noted('a list was read in trouble', (note) => note.kind === 'list-read' && !note.isFinal),
  noted('a list was read in the end', (note) => note.kind === 'list-read' && note.isFinal),
  noted('a member began anew', (note) => note.kind === 'began-anew'),
  {
    name: 'a leader crashed',
    start: () => (moment) => moment.crashes.some(({ view }) => view?.role === 'leader'),
  },
]

function noted(name: string, isPlace: (note: ReplicaNote) => boolean): Sometimes<ReplicaWords> {
  return { name, start: () => (moment) => moment.notes.some(({ note }) => isPlace(note)) }
}
