import type { MessageId, NodeId } from '#kit/ids'

/** A request that somebody waits for. */
export interface Asked<Asker> {
  readonly asker: Asker
  /** Among whose requests it counts. */
  readonly key: string
  /** Of a program, and so of a kind that foreign servers understand. */
  readonly isForeign: boolean
  /** The request's own for ever: it happens once, however many servers are asked. */
  readonly id: string
  readonly from: string
  readonly body: Uint8Array
  /** The message that brought it, if that is noted. */
  readonly cause: MessageId | null
}

/** `nobody`: it certainly did not happen. `unknown`: it may have. */
export type GivenUp = 'nobody' | 'unknown'

/** `isUncertain`: somebody had it before of whom nobody knows what he did, so that no failure is definite any more. */
export interface Failed<Asker> {
  readonly asked: Asked<Asker>
  readonly isUncertain: boolean
}

export interface GivingParts<Asker> {
  readonly servers: readonly NodeId[]
  /** Of the broker. */
  readonly life: number
  /** Puts it on its way. False: it was dropped at once. */
  readonly give: (to: NodeId, ref: number, asked: Asked<Asker>) => boolean
  /** The same for a foreign server, whichever has its turn. */
  readonly giveForeign: (ref: number, asked: Asked<Asker>) => boolean
  /** How many of those there are. */
  readonly foreignServers: () => number
  /** Told once, and nothing of it afterwards. */
  readonly givenUp: (asked: Asked<Asker>, why: GivenUp) => void
}

/** How requests find a server; the profile says which way. What is answered once is answered. */
export interface Giving<Asker> {
  readonly size: number
  /** How often a request was given to somebody again. */
  readonly resent: number
  /** False: it is too much, and nothing happened. */
  open(asked: Asked<Asker>, nowMs: number): boolean
  /** Whose answer that is; null: nobody waits for it any more. `from`: null for a foreign server. */
  answered(from: NodeId | null, ref: number): Asked<Asker> | null
  /** The same of a failure, which counts only from whoever has the request now. */
  failed(from: NodeId, ref: number): Failed<Asker> | null
  /** A server does not lead, and has done nothing. `leader`: who does, as far as it knows. */
  handedBack(from: NodeId, ref: number, leader: NodeId | null, nowMs: number): void
  /** A server cannot say what became of it. False: then that is the answer. */
  lost(from: NodeId, ref: number, nowMs: number): boolean
  /** Now and then. */
  look(nowMs: number, unreachable: ReadonlySet<NodeId>): void
}
