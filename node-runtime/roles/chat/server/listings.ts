import type { Conversation, UserRow } from '#cores/chat/messages'
import { ok, type Result } from '#kit/result'
import { socketLimits } from '#ports/sockets'
import type { ChatState } from './chat-state.ts'

export const listingLimits = {
  pageRows: 500,
  /** Of an answer, less what stands around it: the dialects know no pages, and what is too long reaches nobody. */
  bytesMax: socketLimits.answerBytesMax - 16 * 1024,
  /** A letter has at most so many bytes in either codec, what has to be escaped among them. */
  bytesPerLetter: 6,
  /** Around each. */
  frameBytes: 48,
} as const

type Listed = Pick<ChatState, 'ask' | 'look'>

/** In order of names, as many as fit. The first page is asked of a majority, the rest is looked up in the same moment. */
export function listUsers(state: Listed, done: (result: Result<readonly UserRow[]>) => void): void {
  const limit = listingLimits.pageRows
  state.ask({ kind: 'users', after: null, limit }, 'linearizable', (first) => {
    if (!first.ok) return done(first)
    const page = (after: string) => {
      const { users: rows, next } = state.look({ kind: 'users', after, limit })
      return { rows, next }
    }
    done(ok(fitting({ rows: first.value.users, next: first.value.next }, page, ({ name }) => name.length)))
  })
}

export function listChannels(state: Listed, done: (result: Result<readonly Conversation[]>) => void): void {
  const limit = listingLimits.pageRows
  state.ask({ kind: 'channels', after: null, limit }, 'linearizable', (first) => {
    if (!first.ok) return done(first)
    const page = (after: string) => {
      const { channels: rows, next } = state.look({ kind: 'channels', after, limit })
      return { rows, next }
    }
    // One dialect says a channel's name twice, the other says its title too.
    const lettersOf = ({ name, title }: Conversation) => name.length + Math.max(name.length, title.length)
    done(ok(fitting({ rows: first.value.channels, next: first.value.next }, page, lettersOf)))
  })
}

interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

function fitting<Row>(
  first: Page<Row>,
  pageAfter: (after: string) => Page<Row>,
  lettersOf: (row: Row) => number,
): readonly Row[] {
  const { bytesMax, bytesPerLetter, frameBytes } = listingLimits
  const all: Row[] = []
  let bytes = 0
  for (let page = first; ; page = pageAfter(page.next)) {
    for (const row of page.rows) {
      bytes += frameBytes + bytesPerLetter * lettersOf(row)
      if (bytes > bytesMax) return all
      all.push(row)
    }
    if (page.next === null) return all
  }
}
