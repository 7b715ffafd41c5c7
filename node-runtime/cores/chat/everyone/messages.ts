import type { NodeId } from '#kit/ids'
import type { Door } from '../messages.ts'

/**
 * What one life of one server has written, in order: `<server>.<8 hex digits>`. Each life begins another one, so that no number
 * is given twice, whatever its disk has forgotten.
 */
export type LogId = string & { readonly brand: 'ChatLogId' }

/** What somebody wants done. */
export type Act =
  | {
      readonly kind: 'publish' | 'message'
      readonly from: string
      /** A channel's name, or a user's. */
      readonly to: string
      readonly text: string
      readonly through: Door
    }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'login'; readonly user: string }

/**
 * Something that was done, the same wherever it is held. `id`: 16 bytes as hex, from whoever asked; of a foreign server's, 32
 * bytes, made of the whole of it. `origin`: the server that took it.
 */
export type Operation = Act & {
  readonly id: string
  readonly atMs: number
  readonly clock: number
  readonly origin: string
}

/** What was said, and so has a place in a conversation. */
export type Said = Extract<Operation, { readonly kind: 'publish' | 'message' }>

/** An operation at its place in a log. One of a foreign server may stand in several: each server that heard it wrote it down. */
export interface Entry {
  readonly log: LogId
  /** From 1, without a gap. */
  readonly sequence: number
  readonly operation: Operation
}

/** All of a log up to this sequence. */
export interface Mark {
  readonly log: LogId
  readonly upTo: number
}

export type EveryoneMessage =
  | {
      readonly kind: 'have'
      readonly marks: readonly Mark[]
      /** What whoever hears it should do: nothing; give what is missing; give it, and ask for what it lacks itself. */
      readonly asks: 'nothing' | 'to-give' | 'to-compare'
    }
  | {
      readonly kind: 'entries'
      readonly entries: readonly Entry[]
      /** New ones of the sender's own; the same, and somebody waits to hear who has them; or what was missing. */
      readonly why: 'written' | 'awaited' | 'missing'
      /** There is more that was missing. */
      readonly hasMore: boolean
    }

export interface EveryoneConfig {
  readonly id: NodeId
  /** All of our servers, this one included. */
  readonly servers: readonly NodeId[]
  /** From one comparison with another server to the next. */
  readonly syncTicks: number
  /** Whoever was not heard of for so long is not waited for. */
  readonly hereTicks: number
  /** How long the answer to a new name waits until others know it too. */
  readonly registerTicks: number
  readonly limits: EveryoneLimits
}

export interface EveryoneLimits {
  readonly operationsMax: number
  readonly foreignMax: number
  readonly channelsMax: number
  readonly usersMax: number
  readonly entriesPerMessageMax: number
  readonly charsPerMessageMax: number
  readonly waitingMax: number
}

/** What a server's own disk gives back. */
export interface RestoredEveryone {
  /** Of each log in order. */
  readonly entries: readonly Entry[]
}

export type EveryoneInput =
  | { readonly kind: 'tick' }
  | { readonly kind: 'cannot-write' }
  | { readonly kind: 'can-write' }
  /** `ref`: of the answer. */
  | { readonly kind: 'act'; readonly ref: number; readonly id: string; readonly act: Act; readonly atMs: number }
  /** A foreign server said it to all. */
  | { readonly kind: 'heard'; readonly operation: Operation }
  | { readonly kind: 'message'; readonly from: NodeId; readonly message: EveryoneMessage }

/** Definite: nothing happened. */
export type EveryoneRefusal =
  | 'name-taken'
  | 'name-not-allowed'
  | 'unknown-user'
  | 'unknown-channel'
  | 'too-long'
  | 'empty'
  | 'too-many'
  | 'malformed'
  | 'cannot-write'

export type EveryoneOutcome =
  | { readonly kind: 'done' | 'done-before'; readonly operation: Operation }
  | { readonly kind: 'refused'; readonly why: EveryoneRefusal }

export interface EveryoneAnswer {
  readonly ref: number
  readonly outcome: EveryoneOutcome
}

export type EveryoneNote =
  | { readonly kind: 'caught-up'; readonly from: NodeId; readonly entries: number }
  /** Something of a foreign server that is no operation, or more than there may be. */
  | { readonly kind: 'heard-in-vain'; readonly operation: Operation }

/** Performed in one order: entries on the disk, then said to others, told to the world, and answered. */
export interface EveryoneOutput {
  readonly entries: readonly Entry[]
  readonly messages: readonly { readonly to: NodeId; readonly message: EveryoneMessage }[]
  readonly answers: readonly EveryoneAnswer[]
  readonly notes: readonly EveryoneNote[]
  readonly anomaly: string | null
  readonly hasMore: boolean
}
