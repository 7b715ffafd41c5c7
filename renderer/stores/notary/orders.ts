import { deskLimits, type OutboxOrder } from '#contract/worker/desk'
import { fittingTitle } from '#contract/worker/order-text'
import type { TrayItem } from './tray.ts'

/** Room below what one call may be. */
const callBytesMax = 200 * 1024

const encoder = new TextEncoder()
const bytesOf = (text: string): number => encoder.encode(text).length

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
    if (call.length >= deskLimits.documentsPerCallMax || bytes + size > callBytesMax) {
      if (call.length > 0) yield call
      call = []
      bytes = 0
    }
    call.push(order)
    bytes += size
  }
  if (call.length > 0) yield call
}
