import { type DialectAnswer, htmlType, jsonType, unavailable, unknownOutcome } from '#dialects/shop/index'
import type { Failure } from '#kit/failures'
import type { EndpointAnswer } from '#ports/endpoint'

/** Words that answers and requests carry beside their bodies. Every one of them may be missing. */
export const shopHeaders = {
  /** Of an answer: who gave it, how far it is behind, when it last heard a leader, up to where it has the log. */
  node: 'colmeia-node',
  lagEntries: 'colmeia-lag-entries',
  ageMs: 'colmeia-age-ms',
  position: 'colmeia-position',
  /** `true`: it has less than was asked for. */
  stale: 'colmeia-stale',
  /** Of a cart: `away` where nobody could say what things cost. Its sentence is for people. */
  catalogue: 'colmeia-catalogue',
  /** `kept`, `repeated`, or `none`: then whoever asks cannot safely ask again. */
  idempotency: 'colmeia-idempotency',
  /** Of a refusal: who leads. */
  leader: 'colmeia-leader',
  /** Of a request: its visitor, and what it wants to see (see ReadChoice). */
  session: 'colmeia-session',
  read: 'colmeia-read',
  /** Between our own nodes. */
  atLeast: 'colmeia-at-least',
  relayed: 'colmeia-relayed',
  attempt: 'colmeia-attempt',
} as const

/** Made once for each type: this is answered thousands of times a second. */
const headersOf = { [jsonType]: { 'content-type': jsonType }, [htmlType]: { 'content-type': htmlType } } as const

export function shownAs(
  { status, contentType, body }: DialectAnswer,
  headers?: Readonly<Record<string, string>>,
): EndpointAnswer {
  const own = headersOf[contentType]
  return { status, headers: headers === undefined ? own : { ...own, ...headers }, body }
}

/** What a home refused, as the dialect would say it. Nothing of it is a client's mistake. */
export function failureShown({ code }: Failure, headers: Readonly<Record<string, string>> = {}): EndpointAnswer {
  const isUnknown = code === 'timed-out' || code === 'internal' || code === 'worker-crashed'
  return shownAs(isUnknown ? unknownOutcome : unavailable, isUnknown ? headers : { 'retry-after': '1', ...headers })
}
