import type { NodeId } from '#kit/ids'

/** The smallest number of members of which any two such groups share one. */
export function majorityOf(memberCount: number): number {
  return Math.floor(memberCount / 2) + 1
}

/** The largest value that a majority has reached. */
export function reachedByMajority(values: readonly number[]): number {
  const majority = majorityOf(values.length)
  let reached = 0
  // Asked with every step of a leader, and of a handful: looking at each for each costs less than sorting them.
  for (const value of values) {
    if (value <= reached) continue
    let count = 0
    for (const other of values) if (other >= value) count += 1
    if (count >= majority) reached = value
  }
  return reached
}

export type BallotResult = 'won' | 'lost' | 'open'

/** One round of asking. A member is counted once, whatever the network repeats: its first answer stands. */
export class Ballot {
  readonly #memberCount: number
  readonly #granted = new Set<NodeId>()
  readonly #refused = new Set<NodeId>()

  constructor(memberCount: number) {
    this.#memberCount = memberCount
  }

  count(voter: NodeId, isGranted: boolean): BallotResult {
    if (!this.#granted.has(voter) && !this.#refused.has(voter)) (isGranted ? this.#granted : this.#refused).add(voter)
    const majority = majorityOf(this.#memberCount)
    if (this.#granted.size >= majority) return 'won'
    // Lost as soon as those who are left cannot make a majority any more: waiting for them would only cost time.
    return this.#memberCount - this.#refused.size < majority ? 'lost' : 'open'
  }
}
