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

export type Handler = (request: EndpointRequest, answer: (answer: EndpointAnswer) => void) => void

/** Where strangers' programs ask a node, over HTTP. */
export interface Endpoint {
  readonly address: { readonly host: string; readonly port: number }
  /** One handler at a time; without one everybody is told that the node is not there (503). */
  serve(handler: Handler): Stop
}

export const endpointLimits = {
  bodyBytesMax: 4 * 1024 * 1024,
  requestsUnderWayMax: 4_096,
  answerWithinMs: 15_000,
} as const
