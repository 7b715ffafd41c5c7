import type { PeerLinkView } from '#contract/worker/view'
import type { NodeId } from '#kit/ids'
import type { Stop } from '#kit/stop-stack'

/**
 * Bytes between our own nodes, best effort. Whoever is heard is known to be that node: strangers never get in.
 * What was sent may be lost, late, doubled or out of order across a reconnect; never altered.
 */
export interface Wire {
  /**
   * Bounded and at once. False: dropped here, counted, and the reason given to `onDrop` of the driver. The bytes belong
   * to the wire from now on and are not changed any more; those that a listener is given may be part of a larger
   * buffer, so whoever keeps a few of many copies them.
   */
  send(to: NodeId, bytes: Uint8Array): boolean
  /** What was sent leaves now, and not after the present turn: for who is about to keep the processor waiting. */
  flush(): void
  listen(receive: (from: NodeId, bytes: Uint8Array) => void): Stop
  links(): readonly PeerLinkView[]
}

export const wireLimits = {
  messageBytesMax: 4 * 1024 * 1024,
  /** Messages that wait for one peer. Past that the newest is dropped: a protocol's next word is worth more than a full queue. */
  queuedPerPeerMax: 10_000,
  /** The same in bytes, because ten thousand of the largest messages are more than a machine has. */
  queuedBytesPerPeerMax: 64 * 1024 * 1024,
} as const
