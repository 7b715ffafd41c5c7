import { endpointLimits } from '#ports/endpoint'

/** Of the connections, which only this home of the port has. Past them a connection is closed. */
const connectionLimits = {
  /** More than this at once are hung up on. */
  connectionsMax: 8_192,
  /** All that Node takes in headers; the framework would have its own limit. */
  pathCharsMax: 16 * 1024,
  /** Nobody asks on it. */
  idleMs: 60_000,
  /** The request has not come whole: 408. */
  requestWithinMs: 10_000,
  /** Nothing moves: its answer is not read. Longer than an answer may take. */
  stillMs: 30_000,
  /** How often those that are late are looked for. */
  lookEveryMs: 1_000,
  /** What is under way when the endpoint is closed may still be answered for so long. */
  closeWithinMs: 500,
} as const

export const realLimits = { ...endpointLimits, ...connectionLimits }

/** Tests have shorter ones. */
export type Limits = { readonly [Name in keyof typeof realLimits]: number }
