import { type FailureCode, failures } from '#kit/failures'
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

interface EndpointProblem {
  readonly status: number
  readonly code: FailureCode
  /** That of the status: the type says no more. */
  readonly title: string
  /** What to do about it. */
  readonly detail: string
}

/** What is said before or instead of the handler, in the form of RFC 9457. */
function endpointProblem({ status, code, title, detail }: EndpointProblem): EndpointAnswer {
  const { definite } = failures[code]
  const again: Readonly<Record<string, string>> = status === 503 ? { 'retry-after': '1' } : {}
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...again },
    body: JSON.stringify({ type: 'about:blank', title, status, detail, code, definite }),
  }
}

export const endpointProblems = {
  noHandler: endpointProblem({
    ...{ status: 503, code: 'node-down', title: 'Service Unavailable' },
    detail: 'This node serves nobody now: it is starting, or stopping. Ask another one, or this one in a moment.',
  }),
  busy: endpointProblem({
    ...{ status: 503, code: 'busy', title: 'Service Unavailable' },
    detail: 'Too many requests are under way here. Nothing was done; ask again in a moment.',
  }),
  tooSlow: endpointProblem({
    ...{ status: 504, code: 'timed-out', title: 'Gateway Timeout' },
    detail:
      'No answer came in time. It may have happened nevertheless: look, or ask again with the same Idempotency-Key.',
  }),
  tooLarge: endpointProblem({
    ...{ status: 413, code: 'too-large', title: 'Content Too Large' },
    detail: `A body has ${endpointLimits.bodyBytesMax} bytes at most. Nothing was done; send less, or in several requests.`,
  }),
  garbled: endpointProblem({
    ...{ status: 400, code: 'bad-request', title: 'Bad Request' },
    detail: 'That is no HTTP request that can be read: look at its path, its headers and its length.',
  }),
  expectation: endpointProblem({
    ...{ status: 417, code: 'bad-request', title: 'Expectation Failed' },
    detail: 'Nothing can be expected here but 100-continue. Nothing was done; ask without Expect.',
  }),
  longHeaders: endpointProblem({
    ...{ status: 431, code: 'too-large', title: 'Request Header Fields Too Large' },
    detail: 'Path and headers together are longer than is read here. Nothing was done.',
  }),
  halfAsked: endpointProblem({
    ...{ status: 408, code: 'bad-request', title: 'Request Timeout' },
    detail: 'The request did not come whole in time. Nothing was done; send it again.',
  }),
  stranger: endpointProblem({
    ...{ status: 403, code: 'not-trusted', title: 'Forbidden' },
    detail:
      'Host has to be an address of this machine (such as 127.0.0.1 or localhost), and Origin, if there is one, the same: pages of other addresses may not ask here.',
  }),
} as const
