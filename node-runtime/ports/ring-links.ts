import type { NodeId } from '#kit/ids'
import type { Stop } from '#kit/stop-stack'
import type { Wire } from './wire.ts'

export interface HostPort {
  readonly host: string
  readonly port: number
}

/** How the wire lost somebody: `refused`: nobody listens there; `closed`: a connection that stood is gone. */
export type LostWhy = 'refused' | 'closed'

/**
 * The ring's own transport. Own peers are heard over kept, authenticated TCP connections, as on every wire; on the same
 * port strangers' programs bring texts, one a connection; and there is a group that all who listen hear. Ids of peers are
 * `host:port` of their TCP port; the wire names own peers of this lab by their node ids, all others by `nodeOf`.
 */
export interface RingLinks extends Wire {
  /** This peer's own `host:port`, as others are told. */
  readonly id: string
  nodeOf(peer: string): NodeId
  /** null for a name that no peer has. */
  peerOf(node: NodeId): string | null
  /** An own peer's connection was refused or is gone. */
  onLost(listener: (peer: string, why: LostWhy) => void): Stop
  /** On a connection of its own, best effort; `undelivered` when nobody takes it. */
  sendText(to: string, text: string, undelivered: () => void): void
  onText(listener: (fromHost: string, text: string) => void): Stop
  /** To all who listen to the group: sealed with the ring's key, so that only own peers read it. Never empty. */
  shout(bytes: Uint8Array): void
  onShout(listener: (bytes: Uint8Array) => void): Stop
  /** To all strangers who listen to the group, in the text form, and to one program that asked there. */
  callOut(text: string): void
  whisper(to: HostPort, text: string): void
  /** Texts that came over UDP: to all of the group, or (`isAnswer`) to this peer alone, as an answer to `callOut` is. */
  onCall(listener: (from: HostPort, text: string, isAnswer: boolean) => void): Stop
  /** What was dropped because it could not be believed or was too much, by kind, since the start. */
  readonly refused: Readonly<Record<RefusedWhy, number>>
  /** One sentence for each burst of refusals, for the trace. */
  onRefused(listener: (why: RefusedWhy, from: string) => void): Stop
}

export type RefusedWhy = 'garbage' | 'too-large' | 'half' | 'wrong-key' | 'replayed' | 'too-many' | 'texts-not-allowed'
