import type { Message } from '#cores/chat/messages'
import { fail, ok, type Result } from '#kit/result'
import { StoreFailure } from '#ports/store'
import type { TextIndex } from '#ports/text-index'
import type { SearchOrder, SearchPage } from '../service.ts'
import type { ChatState } from './chat-state.ts'

export const searchLimits = {
  pageMax: 100,
  wordsCharsMax: 500,
  /** Of one question: what others said in private may lie between what somebody may see, and takes its time. */
  hitsMax: 2_000,
  hitsAtOnce: 200,
} as const

export interface SearchParts {
  readonly state: Pick<ChatState, 'look'>
  readonly texts: Pick<TextIndex, 'find'>
  readonly soon: (work: () => void) => void
}

/**
 * Messages with these words, newest first. The index says where to look; what may be shown, and how it reads now, says the
 * state, so an index that lags shows nothing that is not there. In pieces: a server that searches still has to be heard of.
 */
export function search(parts: SearchParts, order: SearchOrder, done: (result: Result<SearchPage>) => void): void {
  const { words, limit, cursor } = order
  const isPage = limit >= 1 && limit <= searchLimits.pageMax
  if (!isPage || words.length > searchLimits.wordsCharsMax || !(cursor === null || /^\d{1,15}$/.test(cursor))) {
    return done(fail('bad-request', 'no such page of a search'))
  }
  const messages: Message[] = []
  let before = cursor === null ? null : Number(cursor)
  let looked = 0
  const look = (): void => {
    const piece = lookInto(parts, order, { messages, before })
    before = piece.before
    looked += searchLimits.hitsAtOnce
    if (piece.isEnd) done(ok({ messages, next: null }))
    else if (messages.length === limit || looked >= searchLimits.hitsMax) done(ok({ messages, next: String(before) }))
    else parts.soon(goOn)
  }
  const goOn = (): void => {
    try {
      look()
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error
      done(fail(error.code, error.message))
    }
  }
  parts.soon(goOn)
}

interface SoFar {
  readonly messages: Message[]
  /** Hits from here back have not been looked at. */
  readonly before: number | null
}

function lookInto(
  { state, texts }: SearchParts,
  { as, words, from, in: within, beforeMs, limit: messagesMax }: SearchOrder,
  { messages, before }: SoFar,
): { readonly before: number | null; readonly isEnd: boolean } {
  const limit = searchLimits.hitsAtOnce
  const wanted = words.split(/\s+/).filter((word) => word !== '')
  const bounds = { author: from, group: groupOf(within), beforeMs, beforePlace: before, limit }
  const hits = texts.find({ words: wanted, ...bounds })
  let last = before
  for (const { place, id } of hits) {
    if (messages.length === messagesMax) return { before: last, isEnd: false }
    last = place
    const { message } = state.look({ kind: 'message', as, message: id })
    if (message !== null && !message.isDeleted) messages.push(message)
  }
  return { before: last, isEnd: hits.length < limit }
}

/** By its id, or a public channel by its name. */
function groupOf(text: string | null): string | null {
  return text === null || /^[cpdg]:/.test(text) ? text : `c:${text}`
}
