import type { NodeView } from '#contract/worker/view'
import type { NodeId } from '#kit/ids'

interface Sample {
  readonly wallMs: number
  readonly committed: number
}

interface Reign {
  readonly term: number
  /** What stood in the log when it was first seen to lead. When that gets committed, it is news of old entries. */
  readonly inherited: number
  readonly from: Sample
  readonly rate: number | null
}

/** Shorter than this, a rate says more about when the reports came than about the group. */
const windowMsMin = 900

/**
 * How fast each leader commits, from the differences between its own reports. Nobody else is asked: the index of a
 * follower leaps when it catches up, and that of a leader when it finds out what its predecessors have committed.
 */
export class CommitRates {
  readonly #reigns = new Map<NodeId, Reign>()

  saw(node: NodeId, { leadership, log }: NodeView, wallMs: number): void {
    if (leadership?.leadership !== 'leader' || log === null) {
      this.#reigns.delete(node)
      return
    }
    const { term } = leadership
    const known = this.#reigns.get(node)
    const isSame = known !== undefined && known.term === term
    const inherited = isSame ? known.inherited : log.lastIndex
    const now: Sample = { wallMs, committed: Math.max(inherited, log.committedIndex) }
    if (!isSame || now.committed < known.from.committed) {
      this.#reigns.set(node, { term, inherited, from: now, rate: null })
    } else if (wallMs - known.from.wallMs >= windowMsMin) {
      const rate = ((now.committed - known.from.committed) * 1_000) / (wallMs - known.from.wallMs)
      this.#reigns.set(node, { ...known, from: now, rate })
    }
  }

  of(node: NodeId): number | null {
    return this.#reigns.get(node)?.rate ?? null
  }
}
