import { type Content, conversationOf } from '#cores/chat/everyone/content'
import type { Said } from '#cores/chat/everyone/messages'
import { comparePlaces, type Place } from '#cores/chat/everyone/order'
import type { Message } from '#cores/chat/messages'
import { fail, ok, type Result } from '#kit/result'
import { plainWord, wordsOf } from '#ports/text-index'
import type { SearchOrder, SearchPage } from '../service.ts'
import { messageOf } from './messages-of.ts'
import { isSeen } from './questions.ts'

export const searchLimits = {
  pageMax: 100,
  wordsCharsMax: 500,
  /** Messages that are looked through before others have their turn. */
  atOnce: 4_000,
} as const

/** Words of a text with a space around each, so that one is found by its beginning. Made once, when it is first looked for. */
const plainTexts = new WeakMap<Said, string>()

/**
 * Messages with these words, newest first in the order of all. Where a page ends is a place in that order, so the next one
 * may be asked of another server. Through all that is in memory: there is no index that could lag.
 */
export function search(
  parts: { readonly content: () => Content; readonly soon: (work: () => void) => void },
  order: SearchOrder,
  done: (result: Result<SearchPage>) => void,
): void {
  const before = order.cursor === null ? null : placeOf(order.cursor)
  const isPage = order.limit >= 1 && order.limit <= searchLimits.pageMax
  if (!isPage || order.words.length > searchLimits.wordsCharsMax || (order.cursor !== null && before === null)) {
    return done(fail('bad-request', 'no such page of a search'))
  }
  const isWanted = wantedBy(order)
  const found: Message[] = []
  let upTo: Place | null = before
  const look = (): void => {
    const content = parts.content()
    const all = content.said
    const end = upTo === null ? all.length : placeIn(all, upTo)
    const begin = Math.max(0, end - searchLimits.atOnce)
    for (let index = end - 1; index >= begin; index -= 1) {
      const said = all[index]
      if (said === undefined) break
      upTo = said
      if (!isWanted(said) || !isSeen(content, conversationOf(said), order.as)) continue
      found.push(messageOf(content, said))
      if (found.length === order.limit) return done(ok({ messages: found, next: index === 0 ? null : textOf(said) }))
    }
    if (begin === 0) return done(ok({ messages: found, next: null }))
    parts.soon(look)
  }
  parts.soon(look)
}

function wantedBy({ words, from, in: within, beforeMs }: SearchOrder): (said: Said) => boolean {
  const wanted = words
    .split(/\s+/)
    .flatMap(wordsOf)
    .map((word) => ` ${plainWord(word)}`)
  const conversation = within === null || /^[cd]:/.test(within) ? within : `c:${within}`
  return (said) => {
    if (from !== null && said.from !== from) return false
    if (conversation !== null && conversationOf(said) !== conversation) return false
    if (beforeMs !== null && said.atMs >= beforeMs) return false
    return wanted.length === 0 || wanted.every((word) => plainTextOf(said).includes(word))
  }
}

function plainTextOf(said: Said): string {
  const known = plainTexts.get(said)
  if (known !== undefined) return known
  const words = said.text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  const text = ` ${words.map(plainWord).join(' ')} `
  plainTexts.set(said, text)
  return text
}

/** How many stand before it. */
function placeIn(all: readonly Said[], place: Place): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const said = all[middle]
    if (said !== undefined && comparePlaces(said, place) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function textOf({ clock, origin, id }: Place): string {
  return `${clock} ${id} ${origin}`
}

/** null: no place. */
function placeOf(cursor: string): Place | null {
  const parts = /^(\d{1,15}) ([0-9a-f]{32,64}) (.{0,64})$/s.exec(cursor)
  if (parts === null) return null
  const [, clock = '', id = '', origin = ''] = parts
  return { clock: Number(clock), id, origin }
}
