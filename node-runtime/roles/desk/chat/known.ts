import type { ChatEvent, Conversation, OwnConversation } from '#cores/chat/messages'
import { numberPlace, type PlaceOf } from './places.ts'
import type { ReadMark } from './read-marks.ts'
import type { Known } from './rows.ts'

const mentionsMax = 99

/** What was asked for where one leads, with what has happened since. */
export function merged(known: Known | null, mark: OwnConversation): Known {
  const { conversation, readNumber, readOrdinal, mentions } = mark
  const readPlace = readNumber === 0 ? null : numberPlace(readNumber)
  if (known === null || !known.isMember) {
    return { conversation, isMember: true, readPlace, readOrdinal, mentions, users: known?.users ?? [] }
  }
  const isBehind = conversation.lastNumber < known.conversation.lastNumber
  const isReadFurther = known.readOrdinal > readOrdinal
  return {
    ...known,
    conversation: isBehind ? known.conversation : conversation,
    mentions: isBehind || isReadFurther ? known.mentions : mentions,
    readOrdinal: isReadFurther ? known.readOrdinal : readOrdinal,
    readPlace: isReadFurther ? known.readPlace : readPlace,
  }
}

/** As somebody has it who has read what was there before. */
export function unread(conversation: Conversation, isMember: boolean): Known {
  const { lastNumber, lastOrdinal } = conversation
  const readPlace = lastNumber === 0 ? null : numberPlace(lastNumber)
  return { conversation, isMember, readPlace, readOrdinal: lastOrdinal, mentions: 0, users: [] }
}

/** Where everyone answers: as this desk has kept it, and unread from its beginning when it is new. */
export function marked(conversation: Conversation, mark: ReadMark | null, isFirstSight: boolean): Known {
  const all = { readPlace: null, readOrdinal: conversation.lastOrdinal, mentions: 0 }
  const start = mark ?? (isFirstSight ? all : { ...all, readOrdinal: 0 })
  return { conversation, isMember: true, ...start, users: [] }
}

/** After something that happened in it. What the state has in it already is counted no second time. */
export function withEvent(
  known: Known,
  { what, number, atMs }: ChatEvent,
  { user, placeOf }: { readonly user: string; readonly placeOf: PlaceOf },
): Known {
  const { conversation } = known
  if (number <= conversation.lastNumber) return known
  const counted = { ...conversation, lastNumber: number }
  switch (what.kind) {
    case 'message': {
      const { message } = what
      const after = { ...known, conversation: { ...counted, lastOrdinal: message.ordinal, lastAtMs: atMs } }
      if (message.author === user) {
        return { ...after, readPlace: placeOf(message), readOrdinal: message.ordinal, mentions: 0 }
      }
      // Somebody who has read all there was, of whom nobody keeps what came last.
      const readPlace = known.readPlace ?? (known.readOrdinal > 0 ? placeOf(message).slice(0, -1) : null)
      const isNamed = message.mentions.includes(user)
      return isNamed
        ? { ...after, mentions: Math.min(mentionsMax, known.mentions + 1), readPlace }
        : { ...after, readPlace }
    }
    case 'joined':
    case 'left': {
      const by = what.kind === 'joined' ? 1 : -1
      const others = known.users.filter((one) => one !== what.user)
      const users = known.users.length === 0 || by < 0 ? others : [...others, what.user]
      return { ...known, users, conversation: { ...counted, members: Math.max(0, counted.members + by) } }
    }
    default:
      return { ...known, conversation: counted }
  }
}
