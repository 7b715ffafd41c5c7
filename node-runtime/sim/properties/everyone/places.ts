import type { Sometimes } from '../../subject.ts'
import type { EveryoneSimNote, EveryoneWords } from '../../subjects/everyone/words.ts'

type Answered = Extract<EveryoneSimNote, { kind: 'answered' }>

export const everyonePlaces: readonly Sometimes<EveryoneWords>[] = [
  noted('a disk was lost', (note) => note.kind === 'disk-lost'),
  noted('a server caught up', (note) => note.kind === 'caught-up' && note.entries > 3),
  noted('something was refused', (note) => note.kind === 'refused' && note.why === 'unknown-channel'),
  noted('a name was taken', (note) => note.kind === 'refused' && note.why === 'name-taken'),
  answered('something was asked again', ({ isFirst }) => !isFirst),
  answered('a channel was made', ({ operation }) => operation.kind === 'channel'),
  sent('more was missing than one message takes', (message) => message.kind === 'entries' && message.hasMore),
  sent('somebody waited until others knew', (message) => message.kind === 'entries' && message.why === 'awaited'),
  {
    name: 'several servers took one request',
    start() {
      const by = new Map<string, string>()
      return ({ notes }) =>
        notes.some(({ node, note }) => {
          if (note.kind !== 'answered' || !note.isFirst) return false
          const before = by.get(note.operation.id)
          by.set(note.operation.id, before ?? node)
          return before !== undefined && before !== node
        })
    },
  },
  {
    name: 'a foreign server was written down by several',
    start: () => (moment) => {
      const writers = new Map<string, string>()
      return moment.sent.some(({ message }) => {
        if (message.kind !== 'entries') return false
        return message.entries.some(({ log, operation }) => {
          const before = writers.get(operation.id)
          writers.set(operation.id, before ?? log)
          return operation.id.length === 64 && before !== undefined && before !== log
        })
      })
    },
  },
  {
    name: 'a write was lost with the power',
    start: () => (moment) => moment.crashes.some(({ isWriteLost }) => isWriteLost),
  },
]

function noted(name: string, isPlace: (note: EveryoneSimNote) => boolean): Sometimes<EveryoneWords> {
  return { name, start: () => (moment) => moment.notes.some(({ note }) => isPlace(note)) }
}

function answered(name: string, isPlace: (note: Answered) => boolean): Sometimes<EveryoneWords> {
  return noted(name, (note) => note.kind === 'answered' && isPlace(note))
}

function sent(name: string, isPlace: (message: EveryoneWords['message']) => boolean): Sometimes<EveryoneWords> {
  return { name, start: () => (moment) => moment.sent.some(({ message }) => isPlace(message)) }
}
