import type { HistoryFrom } from '#contract/worker/chat-calls'
import type { ChatAnswers } from '#cores/chat/messages'
import { fail, ok, type Result } from '#kit/result'
import { readPlace } from './places.ts'
import type { Room } from './room.ts'
import type { SessionLink } from './session-link.ts'
import type { Stretch, Where } from './tail.ts'

type Done<T> = (result: Result<T>) => void

/** Above all numbers there are. */
const aboveAll = 2 ** 40
/** Of the newest at least so many are asked for at once, for what follows. */
const loadedMin = 100

export interface HistoryOrder {
  readonly user: string
  readonly conversation: string
  readonly from: HistoryFrom
  readonly limit: number
  /** Where the first unread one may be; null: all is read. */
  readonly unreadAfter: string | null
}

/** A page of a conversation, from what is kept here if that has all of it. The newest are kept from the first page on. */
export function readHistory(link: SessionLink, room: Room | null, order: HistoryOrder, done: Done<Stretch>): void {
  if (room === null || room.tail !== null) return readPage(link, room, order, done)
  readEnd(link, room, { order, where: 'end', limit: order.limit }, (end) => {
    if (end.ok) readPage(link, room, order, done)
    else done(end)
  })
}

function readPage(link: SessionLink, room: Room | null, order: HistoryOrder, done: Done<Stretch>): void {
  const { from, limit, unreadAfter } = order
  if (from.kind === 'newest' || (from.kind === 'unread' && unreadAfter === null)) {
    return readPart(link, room, { order, where: 'end', limit }, done)
  }
  const place = from.kind === 'unread' ? (unreadAfter ?? '') : from.place
  if (from.kind === 'before') {
    return readPart(link, room, { order, where: { place, order: 'down', isIncluded: false }, limit }, done)
  }
  if (from.kind === 'after') return readPart(link, room, { order, where: { place, order: 'up' }, limit }, done)
  const half = Math.ceil(limit / 2)
  const above: Where = { place, order: 'down', isIncluded: true }
  readPart(link, room, { order, where: above, limit: half }, (older) => {
    if (!older.ok) return done(older)
    readPart(link, room, { order, where: { place, order: 'up' }, limit: limit - half }, (newer) => {
      if (!newer.ok) return done(newer)
      const messages = [...older.value.messages, ...newer.value.messages]
      done(ok({ messages, isBeginning: older.value.isBeginning, isEnd: newer.value.isEnd }))
    })
  })
}

interface Part {
  readonly order: HistoryOrder
  readonly where: Where
  readonly limit: number
}

function readPart(link: SessionLink, room: Room | null, part: Part, done: Done<Stretch>): void {
  const kept =
    part.limit === 0 ? { messages: [], isBeginning: false, isEnd: false } : room?.tail?.page(part.where, part.limit)
  if (kept != null) return done(ok(kept))
  const { where } = part
  if (where === 'end') return readEnd(link, room, part, done)
  numberOf(link, part.order.user, where.place, (number) => {
    if (!number.ok) return done(number)
    const from = where.order === 'down' && where.isIncluded ? number.value + 1 : number.value
    ask(link, part, { from, order: where.order, limit: part.limit }, done)
  })
}

function readEnd(link: SessionLink, room: Room | null, part: Part, done: Done<Stretch>): void {
  room?.beginLoad()
  const limit = Math.max(part.limit, loadedMin)
  ask(link, part, { from: aboveAll, order: 'down', limit }, (result) => {
    if (!result.ok) return done(result)
    room?.load(result.value)
    const kept = room?.tail?.page('end', part.limit)
    if (kept != null) return done(ok(kept))
    const { messages, isBeginning } = result.value
    const isWhole = messages.length <= part.limit && isBeginning
    done(ok({ messages: messages.slice(-part.limit), isBeginning: isWhole, isEnd: true }))
  })
}

function ask(
  link: SessionLink,
  { order: { user, conversation } }: Part,
  range: { readonly from: number; readonly order: 'up' | 'down'; readonly limit: number },
  done: Done<Stretch>,
): void {
  link.query({ kind: 'history', as: user, conversation, ...range }, (result) => {
    if (!result.ok) return done(result)
    done(result.value === null ? noConversation : ok(stretchOf(result.value, range.order)))
  })
}

function stretchOf({ messages, isWhole }: NonNullable<ChatAnswers['history']>, order: 'up' | 'down'): Stretch {
  return { messages, isBeginning: order === 'down' && isWhole, isEnd: order === 'up' && isWhole }
}

/** Where numbers change, a place is known by its message, and has the number that it has now. */
function numberOf(link: SessionLink, user: string, place: string, done: Done<number>): void {
  const read = readPlace(place)
  if (read === null) return done(fail('bad-request', `no place in a conversation: ${place.slice(0, 40)}`))
  if ('number' in read) return done(ok(read.number))
  link.query({ kind: 'message', as: user, message: read.id }, (result) => {
    if (!result.ok) return done(result)
    const { message } = result.value
    done(message === null ? fail('not-found', 'that message is not there') : ok(message.number))
  })
}

const noConversation = fail('not-found', 'there is no such conversation for this user')
