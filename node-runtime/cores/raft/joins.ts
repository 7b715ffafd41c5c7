import type { NodeId } from '#kit/ids'
import type { RaftLimits } from './limits.ts'
import type { RaftLog } from './log.ts'
import type { MemberChange, RaftConfig } from './messages.ts'
import type { Progress } from './progress.ts'
import type { Replication } from './replication.ts'

/** Of the others a leader may think that they are gone; of these it was told. */
export class Joins {
  readonly #config: RaftConfig
  readonly #limits: RaftLimits
  readonly #asking = new Map<NodeId, { readonly incarnation: number; ticksAgo: number }>()

  constructor(config: RaftConfig, limits: RaftLimits) {
    this.#config = config
    this.#limits = limits
  }

  heard(node: NodeId, incarnation: number): void {
    this.#asking.set(node, { incarnation, ticksAgo: 0 })
  }

  tick(): void {
    for (const [node, asking] of this.#asking) {
      asking.ticksAgo += 1
      // Who still wants to come in asks again with every wait that ends; twice the longest is patience enough.
      const { electionTicksMin, electionTicksSpread } = this.#config
      if (asking.ticksAgo > 2 * (electionTicksMin + electionTicksSpread)) this.#asking.delete(node)
    }
  }

  /** Voters that ask to be taken in under another incarnation: what they had promised is gone. */
  lost(log: RaftLog): readonly NodeId[] {
    return log.members.voters.flatMap(({ node, incarnation }) => {
      const asking = this.#asking.get(node)
      return asking !== undefined && asking.incarnation !== incarnation ? [node] : []
    })
  }

  /** MB8: first who lost its disk goes, then it comes in as a learner, and becomes a voter once it has caught up. */
  nextChange(log: RaftLog, replication: Replication): MemberChange | null {
    for (const [node, { incarnation }] of this.#asking) {
      const member = log.members.find(node)
      if (member === null) return { kind: 'add', node, incarnation }
      if (member.incarnation !== incarnation) return { kind: 'remove', node }
    }
    for (const progress of replication.all) {
      const { node } = progress.member
      if (progress.isLost) return { kind: 'remove', node }
      const isReady = !replication.isVoter(progress) && replication.isPresent(progress) && hasCaughtUp(progress, log, this.#limits)
      if (isReady) return { kind: 'promote', node }
    }
    return null
  }
}

/** How far behind a learner may be when it is made a voter: what is on its way anyway. */
export const promotionLagMax = 256

export function hasCaughtUp({ state, matchIndex }: Progress, log: RaftLog, limits: RaftLimits): boolean {
  return state === 'replicating' && log.last.index - matchIndex <= limits.promotionLagMax
}
