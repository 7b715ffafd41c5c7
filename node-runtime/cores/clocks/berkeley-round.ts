import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { readingErrorMs } from './berkeley-clock.ts'
import type { Reading } from './berkeley-messages.ts'

export interface Asker {
  readonly id: NodeId
  readonly peers: readonly NodeId[]
  /** Its clocks, and where its corrected one is going, when it asked. */
  readonly at: Reading
  readonly timeMs: number
}

/** How a peer's clock stands to the asker's, and by how much that may be wrong. */
interface Difference {
  readonly node: NodeId
  readonly byMs: number
  readonly errorMs: number
}

export interface RoundResult {
  /** Where all clocks shall go, as seen from the asker's. */
  readonly meanMs: number
  /** For each who answered. */
  readonly corrections: readonly Difference[]
  readonly outliers: readonly NodeId[]
  readonly unheard: readonly NodeId[]
  /** Who is missing could tell which clocks are wrong: those that agree are no majority of all. */
  readonly isInDoubt: boolean
}

/** One round of asking for the time: who answered, and how far it is from the one who asked (BK5, BK6, BK7). */
export class BerkeleyRound {
  readonly id: number
  readonly asker: Asker
  readonly #differences = new Map<NodeId, Difference>()

  constructor(id: number, asker: Asker) {
    this.id = id
    this.asker = asker
  }

  get isComplete(): boolean {
    return this.#differences.size === this.asker.peers.length
  }

  /** BK5: a peer's first answer counts, whatever the network repeats. */
  count(from: NodeId, timeMs: number, at: Reading): void {
    if (this.#differences.has(from)) return
    // Judged by the monotonic clock alone: the asker's own may be set while it waits.
    const tripMs = at.monotonicMs - this.asker.at.monotonicMs
    const byMs = timeMs + tripMs / 2 - (this.asker.timeMs + tripMs)
    this.#differences.set(from, { node: from, byMs, errorMs: Math.ceil(tripMs / 2) + readingErrorMs })
  }

  result(outlierMs: number): RoundResult {
    const heard = [...this.#differences.values()]
    const clocks = [{ node: this.asker.id, byMs: 0 }, ...heard]
    const medianMs = medianOf(clocks.map(({ byMs }) => byMs))
    const isOutlier = ({ byMs }: { readonly byMs: number }) => Math.abs(byMs - medianMs) > outlierMs
    const mean = meanOf(clocks.filter((clock) => !isOutlier(clock)).map(({ byMs }) => byMs))
    const outliers = clocks.filter(isOutlier).map(({ node }) => node)
    const members = 1 + this.asker.peers.length
    return {
      meanMs: whole(mean),
      corrections: heard.map(({ node, byMs, errorMs }) => ({ node, byMs: whole(mean - byMs), errorMs })),
      outliers,
      unheard: this.asker.peers.filter((peer) => !this.#differences.has(peer)),
      isInDoubt: !this.isComplete && (clocks.length - outliers.length) * 2 <= members,
    }
  }
}

/** Of two in the middle the later: to go forward may take one step, to go back takes long. */
function medianOf(values: readonly number[]): number {
  const median = values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]
  assert(median !== undefined, 'a median of at least one')
  return median
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** To the nearest, because rounding down would make the whole group go slow; and zero has no sign. */
function whole(ms: number): number {
  return Math.round(ms) + 0
}
