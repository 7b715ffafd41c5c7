import { deskLimits, type OutboxOrder } from '#contract/worker/desk'
import type { TrayItem } from './tray.ts'

export const orderLimits = {
  titleCharsMax: 200,
  titleBytesMax: 400,
  registrantCharsMax: 100,
  registrantBytesMax: 200,
  /** Room below what one call may be. */
  callBytesMax: 200 * 1024,
} as const

const encoder = new TextEncoder()
const bytesOf = (text: string): number => encoder.encode(text).length

/** A name of a file may hold what a line of text must not; and what is too long loses its middle, never its ending. */
export function fittingTitle(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  const line = name.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
  if (fits(line, orderLimits.titleCharsMax, orderLimits.titleBytesMax)) return line
  const letters = [...line]
  for (let kept = orderLimits.titleCharsMax - 1; ; kept -= 1) {
    const end = Math.floor(kept / 2)
    const shorter = `${letters.slice(0, kept - end).join('')}…${letters.slice(-end).join('')}`
    if (fits(shorter, orderLimits.titleCharsMax, orderLimits.titleBytesMax)) return shorter
  }
}

export function isFittingRegistrant(name: string): boolean {
  return fits(name, orderLimits.registrantCharsMax, orderLimits.registrantBytesMax)
}

function fits(text: string, charsMax: number, bytesMax: number): boolean {
  return text.length <= charsMax && bytesOf(text) <= bytesMax
}

/** What is asked of the desk for each; only what has been hashed can be asked. */
export function orderOf({ key, kind, title, text, bytes, sha256 }: TrayItem, registrant: string): OutboxOrder | null {
  const named = { id: key, title: fittingTitle(title), registrant }
  if (kind === 'text') return text === null ? null : { ...named, document: { kind: 'text', text } }
  return sha256 === null ? null : { ...named, document: { kind: 'file', sha256, bytes } }
}

/** As few calls as fit, in order. One is put together when it is asked for: thousands at once would halt the page. */
export function* inCalls(orders: Iterable<OutboxOrder>): Generator<readonly OutboxOrder[]> {
  let call: OutboxOrder[] = []
  let bytes = 0
  for (const order of orders) {
    const size = bytesOf(JSON.stringify(order)) + 1
    if (call.length >= deskLimits.documentsPerCallMax || bytes + size > orderLimits.callBytesMax) {
      if (call.length > 0) yield call
      call = []
      bytes = 0
    }
    call.push(order)
    bytes += size
  }
  if (call.length > 0) yield call
}
