import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter, decodeText } from '#kit/bytes'
import type { StateView } from '#kit/state-machine'
import { doors } from './codec-parts.ts'
import { type DeedMemo, findDeed } from './deed-rows.ts'
import { eventsAnswer, historyAnswer, messageAnswer } from './feed-queries.ts'
import { chatLimits } from './limits.ts'
import { decodeLock, lockView } from './lock-rows.ts'
import type { ChatAnswers, ChatQuery, LogIn, MemberRow, OwnConversation, UserRow } from './messages.ts'
import { answered, answerWriters } from './query-answer-codec.ts'
import {
  type ConversationRecord,
  channelId,
  conversationOf,
  decodeConversation,
  decodeMember,
  decodeUser,
  emptyHead,
  feedKey,
  memberKey,
  passwordKey,
  readHead,
  rowKey,
  spaces,
  type UserRecord,
} from './rows.ts'
import { conversationFor, readUserRecord } from './sight.ts'
import { readTokenKeys } from './token-keys.ts'

export function answerQuery(state: StateView, query: ChatQuery, memo: DeedMemo): Uint8Array {
  switch (query.kind) {
    case 'history':
      return historyAnswer(state, query)
    case 'events':
      return eventsAnswer(state, query)
    case 'message': {
      const head = readHead(state) ?? emptyHead
      return messageAnswer(state, query, findDeed(state, memo.at(state, head), { id: query.message, seed: head.seed }))
    }
    default:
      return writtenAnswer(state, query)
  }
}

type Query<Kind extends ChatQuery['kind']> = Extract<ChatQuery, { kind: Kind }>
/** Many may wait for each, so that fewer fit into an answer. */
const locksPerPageMax = 32
type Written = keyof typeof answerWriters

function writtenAnswer(state: StateView, query: Query<Written>): Uint8Array {
  const writer = new ByteWriter(512).byte(answered)
  switch (query.kind) {
    case 'user':
      return answerWriters.user(writer, { user: userRow(state, query.user, readUserRecord(state, query.user)) }).done()
    case 'users':
      return answerWriters.users(writer, users(state, query)).done()
    case 'channels':
      return answerWriters.channels(writer, channels(state, query)).done()
    case 'conversation':
      return answerWriters.conversation(writer, conversation(state, query)).done()
    case 'conversations':
      return answerWriters.conversations(writer, conversations(state, query)).done()
    case 'members':
      return answerWriters.members(writer, members(state, query)).done()
    case 'log-ins':
      return answerWriters['log-ins'](writer, logIns(state, query)).done()
    case 'locks':
      return answerWriters.locks(writer, locks(state, query)).done()
    case 'status':
      return answerWriters.status(writer, status(state)).done()
    case 'token-keys':
      return answerWriters['token-keys'](writer, { keys: readTokenKeys(state) }).done()
    default:
      return unreachable(query)
  }
}

function userRow(state: StateView, name: string, record: UserRecord | null): UserRow | null {
  if (record === null) return null
  const { isBot, isProtected, validFromMs, lastLogInMs } = record
  const row = isProtected ? state.get(spaces.secrets, passwordKey(name)) : null
  return { name, isBot, password: row === null ? null : decodeText(row), validFromMs, lastLogInMs }
}

/** One more than are wanted, to know whether there are more. Keys after one begin with the next that there could be. */
function page<Row>(
  rows: readonly Row[],
  limit: number,
): { readonly rows: readonly Row[]; readonly last: Row | undefined } {
  const wanted = Math.min(limit, chatLimits.rowsPerPageMax)
  return { rows: rows.slice(0, wanted), last: rows.length > wanted ? rows[wanted - 1] : undefined }
}

function range(from: string, limit: number): { readonly from: string; readonly limit: number } {
  return { from, limit: Math.min(limit, chatLimits.rowsPerPageMax) + 1 }
}

function following(key: string | null): string {
  return key === null ? '' : `${key}\u0000`
}

function users(state: StateView, { after, limit }: Query<'users'>): ChatAnswers['users'] {
  const { rows, last } = page(state.scan(spaces.users, range(following(after), limit)), limit)
  const found = rows.map(({ key, value }) => userRow(state, key, decodeUser(value)))
  return { users: found.filter((user) => user !== null), next: last?.key ?? null }
}

function channels(state: StateView, { after, limit }: Query<'channels'>): ChatAnswers['channels'] {
  const prefix = channelId('')
  const from = after === null ? prefix : following(channelId(after))
  const all = state.scan(spaces.conversations, range(from, limit)).filter(({ key }) => key.startsWith(prefix))
  const { rows, last } = page(all, limit)
  const found = rows.map(({ value }) => conversationOf(decodeConversation(value)))
  return { channels: found, next: last === undefined ? null : last.key.slice(prefix.length) }
}

function conversation(state: StateView, { as, conversation: id }: Query<'conversation'>): ChatAnswers['conversation'] {
  const record = conversationFor(state, as, id)
  if (record === null) return { conversation: null, isMember: false }
  return { conversation: conversationOf(record), isMember: as !== null && isIn(state, record, as) }
}

function isIn(state: StateView, record: ConversationRecord, user: string): boolean {
  return state.get(spaces.members, memberKey(record, user)) !== null
}

function conversations(state: StateView, { as, after, limit }: Query<'conversations'>): ChatAnswers['conversations'] {
  const user = readUserRecord(state, as)
  const before = after === null ? null : conversationFor(state, null, after)
  if (user === null || (after !== null && before === null)) return { conversations: [], next: null }
  const prefix = `${feedKey(user.feed)}/`
  const from = before === null ? prefix : following(`${prefix}${feedKey(before.feed)}`)
  const all = state.scan(spaces.own, range(from, limit)).filter(({ key }) => key.startsWith(prefix))
  const { rows, last } = page(all, limit)
  const found: OwnConversation[] = []
  for (const { value } of rows) {
    const own = ownConversation(state, as, decodeText(value) ?? '')
    if (own !== null) found.push(own)
  }
  return { conversations: found, next: last === undefined ? null : decodeText(last.value) }
}

function ownConversation(state: StateView, as: string, id: string): OwnConversation | null {
  const record = conversationFor(state, as, id)
  const row = record === null ? null : state.get(spaces.members, memberKey(record, as))
  if (record === null || row === null) return null
  const { readNumber, readOrdinal, mentionedIn } = decodeMember(row)
  return { conversation: conversationOf(record), readNumber, readOrdinal, mentions: mentionedIn.length }
}

function members(state: StateView, { as, conversation, after, limit }: Query<'members'>): ChatAnswers['members'] {
  const record = conversationFor(state, as, conversation)
  if (record === null) return null
  const prefix = memberKey(record, '')
  const from = after === null ? prefix : following(memberKey(record, after))
  const all = state.scan(spaces.members, range(from, limit)).filter(({ key }) => key.startsWith(prefix))
  const { rows, last } = page(all, limit)
  const found: MemberRow[] = rows.map(({ key, value }) => {
    const { readNumber, readOrdinal, mentionedIn } = decodeMember(value)
    return { user: key.slice(prefix.length), readNumber, readOrdinal, mentions: mentionedIn.length }
  })
  return { members: found, next: last === undefined ? null : last.key.slice(prefix.length) }
}

function logIns(state: StateView, { before, limit }: Query<'log-ins'>): ChatAnswers['log-ins'] {
  const newest = (readHead(state) ?? emptyHead).logIns
  const from = Math.min(before === null ? newest : before - 1, newest)
  const found: LogIn[] = []
  for (let number = from; number > 0 && found.length < Math.min(limit, chatLimits.rowsPerPageMax); number -= 1) {
    const row = state.get(spaces.logIns, rowKey(number))
    if (row === null) break
    const reader = new ByteReader(row)
    const through = doors[reader.byte()] ?? 'native'
    const atMs = reader.count()
    found.push({ number, user: reader.text(), through, atMs })
  }
  return { logIns: found }
}

function locks(state: StateView, { after, limit }: Query<'locks'>): ChatAnswers['locks'] {
  const wanted = Math.min(limit, locksPerPageMax)
  const { rows, last } = page(state.scan(spaces.locks, range(following(after), wanted)), wanted)
  return { locks: rows.map(({ key, value }) => lockView(key, decodeLock(value))), next: last?.key ?? null }
}

function status(state: StateView): ChatAnswers['status'] {
  const { users, channels, messages, position, publishedUpTo, by, term } = readHead(state) ?? emptyHead
  return { users, channels, messages, position, publishedUpTo, servedBy: by === null ? null : { node: by, term } }
}
