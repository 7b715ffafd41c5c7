import type { DropWhy } from '#contract/worker/trace'
import type { PeerLinkView } from '#contract/worker/view'
import type { NodeId } from '#kit/ids'
import type { Stop } from '#kit/stop-stack'
import { type Wire, wireLimits } from '#ports/wire'

export interface VirtualWireParts {
  readonly peers: readonly NodeId[]
  /** Puts it on its way. Why it was dropped, or null. */
  readonly carry: (to: NodeId, bytes: Uint8Array) => DropWhy | null
  readonly onDrop: (peer: NodeId, why: DropWhy) => void
  readonly nowMs: () => number
}

interface Counts {
  sentCount: number
  sentBytes: number
  receivedCount: number
  receivedBytes: number
  droppedCount: number
  heardMs: number | null
}

/** The Wire port of one life of a node, over whatever carries its bytes. */
export class VirtualWire implements Wire {
  readonly #parts: VirtualWireParts
  readonly #counts: ReadonlyMap<NodeId, Counts>
  readonly #listeners = new Set<(from: NodeId, bytes: Uint8Array) => void>()

  constructor(parts: VirtualWireParts) {
    this.#parts = parts
    this.#counts = new Map(parts.peers.map((peer) => [peer, { ...nothingYet }]))
  }

  send(to: NodeId, bytes: Uint8Array): boolean {
    const counts = this.#counts.get(to)
    // Bytes are copied: what a program does to its own memory afterwards does not travel.
    const why = counts === undefined ? 'not-connected' : this.#carry(to, bytes.slice())
    if (why !== null) {
      if (counts !== undefined) counts.droppedCount += 1
      this.#parts.onDrop(to, why)
    } else if (counts !== undefined) {
      counts.sentCount += 1
      counts.sentBytes += bytes.length
    }
    return why === null
  }

  flush(): void {}

  listen(receive: (from: NodeId, bytes: Uint8Array) => void): Stop {
    const listener = (from: NodeId, bytes: Uint8Array): void => receive(from, bytes)
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  links(): readonly PeerLinkView[] {
    return this.#parts.peers.map((peer) => {
      const { heardMs, ...counts } = this.#counts.get(peer) ?? nothingYet
      const heardMsAgo = heardMs === null ? null : this.#parts.nowMs() - heardMs
      return { peer, isConnected: true, latencyMs: null, heardMsAgo, ...counts }
    })
  }

  /** For the one who carries: these bytes have arrived. */
  deliver(from: NodeId, bytes: Uint8Array): void {
    const counts = this.#counts.get(from)
    if (counts === undefined) return // strangers never get in
    counts.receivedCount += 1
    counts.receivedBytes += bytes.length
    counts.heardMs = this.#parts.nowMs()
    for (const listener of this.#listeners) listener(from, bytes)
  }

  #carry(to: NodeId, bytes: Uint8Array): DropWhy | null {
    return bytes.length > wireLimits.messageBytesMax ? 'too-large' : this.#parts.carry(to, bytes)
  }
}

const nothingYet: Counts = {
  sentCount: 0,
  sentBytes: 0,
  receivedCount: 0,
  receivedBytes: 0,
  droppedCount: 0,
  heardMs: null,
}
