import type { PeerLinkView } from '#contract/worker/view'
import type { NodeId } from '#kit/ids'

export interface LinkRate {
  readonly messagesPerSecond: number
  readonly bytesPerSecond: number
  readonly droppedPerSecond: number
}

interface Sample {
  readonly wallMs: number
  readonly sent: number
  readonly bytes: number
  readonly dropped: number
}

/** Shorter than this, a rate says more about when the reports came than about the link. */
const windowMsMin = 900
const still: LinkRate = { messagesPerSecond: 0, bytesPerSecond: 0, droppedPerSecond: 0 }

/** Rates of every link, from the differences between what its sender reported. */
export class LinkRates {
  readonly #links = new Map<string, { readonly from: Sample; readonly rate: LinkRate }>()

  saw(node: NodeId, views: readonly PeerLinkView[], wallMs: number): void {
    for (const view of views) {
      const key = `${node}>${view.peer}`
      const now: Sample = { wallMs, sent: view.sentCount, bytes: view.sentBytes, dropped: view.droppedCount }
      const known = this.#links.get(key)
      // Counts that went back belong to a new life of the worker.
      if (known === undefined || now.sent < known.from.sent || now.dropped < known.from.dropped) {
        this.#links.set(key, { from: now, rate: still })
      } else if (wallMs - known.from.wallMs >= windowMsMin) {
        this.#links.set(key, { from: now, rate: rateBetween(known.from, now) })
      }
    }
  }

  of(from: NodeId, to: NodeId): LinkRate {
    return this.#links.get(`${from}>${to}`)?.rate ?? still
  }
}

function rateBetween(from: Sample, to: Sample): LinkRate {
  const seconds = (to.wallMs - from.wallMs) / 1_000
  return {
    messagesPerSecond: (to.sent - from.sent) / seconds,
    bytesPerSecond: (to.bytes - from.bytes) / seconds,
    droppedPerSecond: (to.dropped - from.dropped) / seconds,
  }
}
