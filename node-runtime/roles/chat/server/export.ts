import type { ConversationId, Message } from '#cores/chat/messages'
import type { Said } from '#dialects/chat/index'
import { Heap } from '#kit/heap'
import type { Exporting } from '../exports.ts'
import type { ChatState } from './chat-state.ts'

type Looked = Pick<ChatState, 'look'>

export const readingLimits = {
  pageRows: 500,
  /** Of all conversations together, so that many of them take no more memory than one; one row of each is always there. */
  rowsHeldMax: 2_000,
} as const

/**
 * What went out on the open proxies until now, in the files of the course: public channels, and messages between names that
 * nobody protects. `origin` is that of the whole chat, so that all servers write the same bytes.
 */
export function* exported(state: Looked, origin: string): Exporting {
  const limit = readingLimits.pageRows
  const { position: upTo } = state.look({ kind: 'status' })
  const channels = yield* pagesOf((after) => {
    const { channels: rows, next } = state.look({ kind: 'channels', after, limit })
    return { rows, next }
  })
  const users = yield* pagesOf((after) => {
    const { users: rows, next } = state.look({ kind: 'users', after, limit })
    return { rows, next }
  })
  const open = users.filter(({ password }) => password === null).map(({ name }) => name)
  const conversations = [...channels.map(({ id }) => id), ...(yield* directOf(state, open))]
  for (const message of inOrder(state, conversations)) {
    if (message === null) yield null
    else if (message.position > upTo) break
    else if (!message.isDeleted) yield saidOf(message, origin)
  }
  return { channels: channels.map(({ name }) => name), users: users.map(({ name }) => name) }
}

/** Conversations of two of these, each once. */
function* directOf(state: Looked, open: readonly string[]): Generator<null, readonly ConversationId[], void> {
  const names = new Set(open)
  const ids = new Set<ConversationId>()
  for (const as of open) {
    const own = yield* pagesOf((after) => {
      const { conversations, next } = state.look({ kind: 'conversations', as, after, limit: readingLimits.pageRows })
      return { rows: conversations.map(({ conversation }) => conversation.id), next }
    })
    for (const id of own) if (id.startsWith('d:') && usersOf(id).every((user) => names.has(user))) ids.add(id)
  }
  return [...ids]
}

interface Reader {
  readonly conversation: ConversationId
  rows: Message[]
  from: number
  isWhole: boolean
}

/** By positions: each conversation has its own in order, and the one whose next message stands first goes on. */
function* inOrder(state: Looked, conversations: readonly ConversationId[]): Generator<Message | null, void, void> {
  const { pageRows, rowsHeldMax } = readingLimits
  const limit = Math.min(pageRows, Math.max(1, Math.floor(rowsHeldMax / Math.max(1, conversations.length))))
  const readers = new Heap<Reader>()
  for (const conversation of conversations) {
    yield null
    const reader: Reader = { conversation, rows: [], from: 0, isWhole: false }
    goOn(state, reader, { readers, limit })
  }
  for (let reader = readers.take(); reader !== null; reader = readers.take()) {
    const next = reader.rows.pop()
    if (next !== undefined) yield next
    if (reader.rows.length === 0) yield null
    goOn(state, reader, { readers, limit })
  }
}

function goOn(state: Looked, reader: Reader, to: { readonly readers: Heap<Reader>; readonly limit: number }): void {
  const { conversation, from } = reader
  if (reader.rows.length === 0 && !reader.isWhole) {
    const page = state.look({ kind: 'history', as: null, conversation, from, order: 'up', limit: to.limit })
    const messages = page?.messages ?? []
    // The one to be taken next lies at the end.
    reader.rows = messages.toReversed()
    reader.from = messages.at(-1)?.number ?? from
    reader.isWhole = page === null || page.isWhole || messages.length === 0
  }
  const next = reader.rows.at(-1)
  if (next !== undefined) to.readers.add(next.position, reader)
}

function saidOf({ conversation, author: from, text, atMs, lamport: clock }: Message, origin: string): Said {
  if (conversation.startsWith('c:'))
    return { kind: 'publish', from, to: conversation.slice(2), text, atMs, clock, origin }
  const to = usersOf(conversation).find((user) => user !== from) ?? from
  return { kind: 'message', from, to, text, atMs, clock, origin }
}

function usersOf(conversation: ConversationId): readonly string[] {
  return conversation.slice(2).split('\n')
}

interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

function* pagesOf<Row>(page: (after: string | null) => Page<Row>): Generator<null, readonly Row[], void> {
  const all: Row[] = []
  for (let after: string | null = null; ; ) {
    yield null
    const { rows, next }: Page<Row> = page(after)
    all.push(...rows)
    if (next === null) return all
    after = next
  }
}
