import type { Happened } from '#cores/chat/messages'
import type { Sometimes } from '../../subject.ts'
import type { ChatNote, ChatWords } from '../../subjects/chat/words.ts'

type Answered = Extract<ChatNote, { kind: 'answered' }>

export const chatPlaces: readonly Sometimes<ChatWords>[] = [
  noted("a follower's tail was overwritten", (note) => note.kind === 'log-cut'),
  noted('a snapshot was installed', (note) => note.kind === 'snapshot-installed'),
  noted('a server began anew', (note) => note.kind === 'began-anew'),
  noted('of a deed nobody knew', (note) => note.kind === 'unanswered' && note.code === 'timed-out'),
  noted('a channel was read', (note) => note.kind === 'read' && note.ids.length > 5),
  noted('somebody pried', (note) => note.kind === 'shown'),
  answered('a deed was done before', ({ outcome }) => outcome.kind === 'done-before'),
  answered('a message was refused', ({ deed, outcome }) => deed.what.kind === 'edit' && outcome.kind === 'refused'),
  answered(
    'somebody waited for a lock',
    ({ deed, outcome }) => deed.what.kind === 'ask-lock' && 'fence' in outcome && outcome.fence === null,
  ),
  answered('a lock was over', ({ deed, outcome }) => deed.what.kind === 'keep-lock' && outcome.kind === 'refused'),
  held('a message was edited', (what) => what.kind === 'edited'),
  held('a message was deleted', (what) => what.kind === 'deleted'),
  held('a message was reacted to', (what) => what.kind === 'reacted'),
  held('somebody read', (what) => what.kind === 'read'),
  held('somebody left', (what) => what.kind === 'left'),
  {
    name: 'a leader crashed',
    start: () => (moment) => moment.crashes.some(({ view }) => view?.role === 'leader'),
  },
]

function noted(name: string, isPlace: (note: ChatNote) => boolean): Sometimes<ChatWords> {
  return { name, start: () => (moment) => moment.notes.some(({ note }) => isPlace(note)) }
}

function answered(name: string, isPlace: (note: Answered) => boolean): Sometimes<ChatWords> {
  return noted(name, (note) => note.kind === 'answered' && isPlace(note))
}

function held(name: string, isPlace: (what: Happened) => boolean): Sometimes<ChatWords> {
  return noted(name, (note) => note.kind === 'holds' && note.events.some(({ what }) => isPlace(what)))
}
