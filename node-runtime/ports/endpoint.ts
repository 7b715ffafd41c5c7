import type { FailureCode } from '#kit/failures'
import type { Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'

/** A request as any program may make it. Nothing in it has been checked but its length. */
export interface EndpointRequest {
  readonly method: string
  /** Decoded, without the query. */
  readonly path: string
  readonly query: ReadonlyMap<string, string>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

export interface EndpointAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | Pieces
}

/** A long body, pulled piece by piece as fast as the other side reads. */
export interface Pieces {
  /**
   * Gives once, now or later, and is called again only after that. null: that was all. A failure: it cannot go on, and
   * the connection is broken off, so that nobody takes the part for the whole.
   */
  next(give: (piece: Result<string | Uint8Array | null>) => void): void
}

/**
 * Answers once. What it says later, after it has answered or when it was too slow and the asker was told so, nobody
 * hears. What it throws is a bug, and the process ends with it.
 */
export type Handler = (request: EndpointRequest, answer: (answer: EndpointAnswer) => void) => void

/** Where strangers' programs ask a node, over HTTP. */
export interface Endpoint {
  readonly address: { readonly host: string; readonly port: number }
  /** One handler at a time; without one everybody is told that the node is not there (503). */
  serve(handler: Handler): Stop
}

/** Past any of these the asker is told so, and the handler hears nothing of it. */
export const endpointLimits = {
  /** 413. */
  bodyBytesMax: 8 * 1024 * 1024,
  /** 503: too many at once. */
  requestsUnderWayMax: 4_096,
  /** 503: bodies of all requests that are under way. One of unknown length counts as the longest. */
  bodyBytesUnderWayMax: 128 * 1024 * 1024,
  /** 504: the handler has not answered. It may do so yet, so nobody knows whether it happened. */
  answerWithinMs: 15_000,
} as const

/** What is said before or instead of the handler, in the form of RFC 9457. */
export function endpointProblem(status: number, code: FailureCode, title: string): EndpointAnswer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', title, status, code }),
  }
}

export const endpointProblems = {
  noHandler: endpointProblem(503, 'node-down', 'This node serves nobody now.'),
  busy: endpointProblem(503, 'busy', 'Too many requests are under way. Ask again.'),
  tooSlow: endpointProblem(504, 'timed-out', 'No answer came in time. It may have happened nevertheless.'),
  tooLarge: endpointProblem(413, 'too-large', `A body has ${endpointLimits.bodyBytesMax} bytes at most.`),
  garbled: endpointProblem(400, 'bad-request', 'That is no request.'),
  stranger: endpointProblem(403, 'not-trusted', 'Pages of other addresses may not ask here.'),
} as const
