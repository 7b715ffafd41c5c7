import type { NodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'

export const traceBudget = {
  windowMs: 100,
  /** Of one kind to one peer. Heartbeats and elections stay far below it; a busy log does not, and is sampled. */
  perKindAndPeer: 4,
} as const

/**
 * Which messages are noted one by one. Thousands a second would push everything else out of a bounded trace, and nobody
 * could follow them; how many there were is counted by the links.
 */
export class TraceBudget {
  readonly #clock: Pick<Clock, 'now'>
  readonly #spent = new Map<NodeId | null, Map<string, number>>()
  #sinceMs = Number.NEGATIVE_INFINITY

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  takes(peer: NodeId | null, kind: string): boolean {
    this.#turnPage()
    const ofPeer = this.#spent.get(peer) ?? new Map<string, number>()
    const spent = ofPeer.get(kind) ?? 0
    if (spent >= traceBudget.perKindAndPeer) return false
    ofPeer.set(kind, spent + 1)
    this.#spent.set(peer, ofPeer)
    return true
  }

  #turnPage(): void {
    const nowMs = this.#clock.now()
    if (nowMs - this.#sinceMs < traceBudget.windowMs) return
    this.#sinceMs = nowMs
    this.#spent.clear()
  }
}
