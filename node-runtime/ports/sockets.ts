import { assert } from '#kit/assert'
import type { Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'

/**
 * ZeroMQ sockets that a node's plan names: those that foreign programs know, and our own way of telling many at once.
 * The plan says where each is bound or connected and whose keys it trusts; all of them are open when a role starts.
 * Asking for a name the plan has not, or as another kind, is a bug.
 *
 * While a node is paused it hears nothing on any of them, and needs to do nothing for that: what comes waits, as at a
 * program that hangs. A forwarder of it is not there at all.
 */
export interface Sockets {
  router(name: string): RouterSocket
  dealer(name: string): DealerSocket
  publisher(name: string): PublisherSocket
  subscriber(name: string): SubscriberSocket
  asker(name: string): AskerSocket
  forwarder(name: string): ForwarderSocket
}

interface Counting {
  /** What was refused or lost here since it opened. */
  readonly dropped: number
}

/** Bound, and asked by any number of programs. Best effort: an asker that is gone hears nothing. */
export interface RouterSocket extends Counting {
  readonly address: string
  /**
   * `from` stands for a connection of theirs; the frames between it and the empty one are kept with it. What comes
   * before anybody listens waits.
   */
  listen(hear: (from: string, frames: readonly Uint8Array[]) => void): Stop
  /** False: dropped here and counted. True: on its way, and still counted if nobody is there to take it. */
  answer(from: string, frames: readonly Uint8Array[]): boolean
}

/**
 * Bound; programs that serve connect to it and take requests in turn. Each request has a word of ours in its envelope,
 * which every such program gives back with its answer; the empty frame after it is the socket's own matter.
 */
export interface DealerSocket extends Counting {
  readonly address: string
  /** Connections that stand now; what is sent to none waits for nobody and is refused. */
  readonly connections: number
  listen(hear: (request: string, frames: readonly Uint8Array[]) => void): Stop
  /** `request`: a few letters of ASCII. */
  send(request: string, frames: readonly Uint8Array[]): boolean
  onConnections(listener: (connections: number) => void): Stop
}

/** Connected to a forwarder. What is published while it is away is lost. */
export interface PublisherSocket extends Counting {
  /** False: the forwarder is away, or it is too much; dropped and counted. */
  publish(topic: string, payload: Uint8Array): boolean
  /** True while the forwarder is there. It wants everything: what is followed behind it stays there. */
  readonly isWanted: boolean
  onWanted(listener: (isWanted: boolean) => void): Stop
}

/** Connected to a forwarder. Topics match as ZeroMQ does it, by their beginning: who wants the whole compares it. */
export interface SubscriberSocket extends Counting {
  follow(topic: string): void
  unfollow(topic: string): void
  listen(hear: (topic: string, payload: Uint8Array) => void): Stop
  /** What came in other frames than a topic and a payload, while somebody listens to those. It is dropped all the same. */
  onMisshapen(hear: (frames: readonly Uint8Array[]) => void): Stop
  /** True from when the forwarder is there until it is not; what came between is lost. */
  readonly isConnected: boolean
  onConnected(listener: (isConnected: boolean) => void): Stop
}

/** Connected to a router, one question at a time, as a program of the course asks. */
export interface AskerSocket {
  /** `timed-out`: on a fresh connection next time, so that a late answer is nobody's. `busy`: one is under way. */
  ask(payload: Uint8Array, withinMs: number, done: (result: Result<Uint8Array>) => void): void
}

/** ZeroMQ's own forwarder between publishers and subscribers: no byte of it passes through the node. */
export interface ForwarderSocket {
  readonly from: string
  readonly to: string
  readonly isForwarding: boolean
  /** Who is connected where publications come in. */
  readonly publishers: number
  onPublishers(listener: (publishers: number) => void): Stop
  /** Who is connected where they go out, whatever they follow. */
  readonly subscribers: number
  onSubscribers(listener: (subscribers: number) => void): Stop
  /** Who knocked and is not of the lab; always 0 where everybody may come. */
  readonly strangers: number
}

/** Past any of these the newest is dropped and counted. */
export const socketLimits = {
  /** Of what programs send: questions and publications. A publication that is longer ends the connection it came on. */
  saidBytesMax: 128 * 1024,
  /** Of a question as a router hears it, so that whoever reads it can refuse it in words. A longer one ends its connection. */
  heardBytesMax: 12 * 1024 * 1024,
  /** Of a publication where anybody may come: the longest text of a chat, and each letter of it six of JSON, fits. */
  openlyPublishedBytesMax: 64 * 1024,
  /** Of an answer. */
  answerBytesMax: 1024 * 1024,
  /** Without those that say whom it is from. */
  framesMax: 8,
  /** All frames that say whom it is from, together. */
  fromBytesMax: 1_024,
  /** Questions or answers. With the sizes above it bounds what a program that does not read can make us keep. */
  queuedPerConnectionMax: 1_000,
  queuedPublicationsMax: 10_000,
  /** For one subscriber where anybody may come: 256 MB at most. With half of it, bursts to those who read lose some. */
  queuedOpenlyMax: 4_000,
  topicBytesMax: 512,
  /** Of one node; each takes a thread of the few that the process has for slow work. */
  forwardersMax: 3,
} as const

/** Whoever may come, comes with less. */
export function publicationBytesMax(trust: 'open' | 'lab'): number {
  return trust === 'open' ? socketLimits.openlyPublishedBytesMax : socketLimits.saidBytesMax
}

/** Of a node whose plan names none. */
export const noSockets: Sockets = {
  router: missing,
  dealer: missing,
  publisher: missing,
  subscriber: missing,
  asker: missing,
  forwarder: missing,
}

function missing(name: string): never {
  assert(false, `the plan names no socket ${name}`)
}
