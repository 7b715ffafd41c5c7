import { ByteWriter } from '#kit/bytes'
import type { StateView } from '#kit/state-machine'
import { writeFlag } from './codec-parts.ts'
import type { DeedRow } from './deed-rows.ts'
import { besideOf, eventBytes, eventBytesOf, eventOf, isMessageRow, readEventRow } from './event-rows.ts'
import { chatLimits } from './limits.ts'
import type { ChatQuery, FeedId } from './messages.ts'
import { answered } from './query-answer-codec.ts'
import { allFeed, allFeedNumber, emptyHead, eventKey, feedKey, readHead, spaces, userFeed } from './rows.ts'
import { conversationFor, readUserRecord } from './sight.ts'

type Query<Kind extends ChatQuery['kind']> = Extract<ChatQuery, { kind: Kind }>

/** Rows as they are kept, until a page is full. One always fits. */
class Page {
  readonly rows: Uint8Array[] = []
  readonly #limit: number
  #bytes = 0

  constructor(limit: number) {
    this.#limit = Math.min(limit, chatLimits.rowsPerPageMax)
  }

  /** False: it is full, and this one is not in it. */
  add(row: Uint8Array): boolean {
    const isFull = this.rows.length > 0 && this.#bytes + row.length > chatLimits.answerBytesMax
    if (isFull || this.rows.length >= this.#limit) return false
    this.rows.push(row)
    this.#bytes += row.length
    return true
  }

  write(writer: ByteWriter): Uint8Array {
    writer.uint32(this.rows.length)
    for (const row of this.rows) writer.bytes(row)
    return writer.done()
  }
}

export function historyAnswer(state: StateView, query: Query<'history'>): Uint8Array {
  const record = conversationFor(state, query.as, query.conversation)
  if (record === null) return nothing
  const page = new Page(query.limit)
  const { feed, lastNumber, lastMessage } = record
  const isWhole =
    query.order === 'up'
      ? collectUp(state, page, { feed, after: query.from, lastMessage })
      : collectDown(state, page, {
          feed,
          message: messageBefore(state, feed, { number: query.from, lastNumber, lastMessage }),
        })
  if (query.order === 'down') page.rows.reverse()
  return page.write(writeFlag(answerOf(page), isWhole))
}

/** What is no message is passed over. */
function collectUp(state: StateView, page: Page, from: { feed: number; after: number; lastMessage: number }): boolean {
  for (let number = from.after + 1; number <= from.lastMessage; number += rowsAtOnce) {
    const limit = Math.min(rowsAtOnce, from.lastMessage - number + 1)
    const rows = state.scan(spaces.events, { from: eventKey(from.feed, number), limit })
    for (const { value } of rows) if (isMessageRow(value) && !page.add(eventBytesOf(value))) return false
  }
  return true
}

function collectDown(state: StateView, page: Page, from: { feed: number; message: number }): boolean {
  for (let number = from.message; number > 0; ) {
    const row = readEventRow(state, from.feed, number)
    if (row === null) return true
    if (!page.add(eventBytesOf(row))) return false
    number = besideOf(row).messageBefore
  }
  return true
}

function messageBefore(
  state: StateView,
  feed: number,
  at: { number: number; lastNumber: number; lastMessage: number },
): number {
  if (at.number > at.lastNumber) return at.lastMessage
  const row = at.number > 0 ? readEventRow(state, feed, at.number) : null
  return row === null ? 0 : besideOf(row).messageBefore
}

export function eventsAnswer(state: StateView, { as, feed, after, limit }: Query<'events'>): Uint8Array {
  const known = feedFor(state, as, feed)
  if (known === null) return nothing
  const page = new Page(limit)
  const { number, last } = known
  const wanted = Math.min(limit, chatLimits.rowsPerPageMax, Math.max(0, last - after))
  const prefix = `${feedKey(number)}/`
  const rows = wanted === 0 ? [] : state.scan(spaces.events, { from: eventKey(number, after + 1), limit: wanted })
  const own = rows.filter(({ key }) => key.startsWith(prefix))
  const isForgotten = wanted > 0 && own[0]?.key !== eventKey(number, after + 1)
  for (const { value } of own) if (!page.add(eventBytes(state, number, value))) break
  return page.write(writeFlag(answerOf(page).number(last), isForgotten))
}

interface Feed {
  readonly number: number
  readonly last: number
}

/** null: there is none, or none that this user may read. */
function feedFor(state: StateView, as: string | null, feed: FeedId): Feed | null {
  if (feed === allFeed) return { number: allFeedNumber, last: (readHead(state) ?? emptyHead).lastOfAll }
  if (feed.startsWith(userFeed(''))) {
    const name = feed.slice(userFeed('').length)
    const user = as === null || as === name ? readUserRecord(state, name) : null
    return user === null ? null : { number: user.feed, last: user.lastNumber }
  }
  const record = conversationFor(state, as, feed)
  return record === null ? null : { number: record.feed, last: record.lastNumber }
}

export function messageAnswer(state: StateView, { as }: Query<'message'>, deed: DeedRow | null): Uint8Array {
  const writer = new ByteWriter(256).byte(answered)
  const row = deed === null || deed.number === 0 ? null : readEventRow(state, deed.feed, deed.number)
  if (row === null || !isMessageRow(row) || conversationFor(state, as, eventOf(row).feed) === null) {
    return writer.byte(0).done()
  }
  return writer.byte(1).bytes(eventBytesOf(row)).done()
}

/** As many rows as one scan takes. */
const rowsAtOnce = 200
const nothing = Uint8Array.of(answered, 0)

function answerOf({ rows }: Page): ByteWriter {
  return new ByteWriter(32 + rows.reduce((sum, row) => sum + row.length + 4, 0)).byte(answered).byte(1)
}
