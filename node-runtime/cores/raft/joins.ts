import type { NodeId } from '#kit/ids'
import type { RaftLog } from './log.ts'
import type { Member } from './membership.ts'
import type { MemberChange, RaftConfig } from './messages.ts'
import type { Replication } from './replication.ts'

/** Of the others a leader may think that they are gone; of these it was told. */
export class Joins {
  readonly #config: RaftConfig
  readonly #asking = new Map<NodeId, { readonly incarnation: number; ticksAgo: number }>()

  constructor(config: RaftConfig) {
    this.#config = config
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

  /** Those of these that ask to be taken in under another incarnation: what they had promised is gone. */
  lost(voters: readonly Member[]): readonly NodeId[] {
    if (this.#asking.size === 0) return nobody
    return voters.flatMap(({ node, incarnation }) => {
      const asking = this.#asking.get(node)
      return asking !== undefined && asking.incarnation !== incarnation ? [node] : []
    })
  }

  /** MB9: those who are left are no majority. */
  isGroupLost(log: RaftLog): boolean {
    const { voters, majority } = log.members
    const { length } = this.lost(voters)
    return length > 0 && voters.length - length < majority
  }

  /** MB8: first who lost its disk goes, then it comes in as a learner, and becomes a voter once it has caught up. */
  nextChange(log: RaftLog, replication: Replication): MemberChange | null {
    // It could not be committed, and would hide from people who it was that was lost.
    if (this.isGroupLost(log)) return null
    for (const [node, { incarnation }] of this.#asking) {
      const member = log.members.find(node)
      if (member === null) return { kind: 'add', node, incarnation }
      if (member.incarnation !== incarnation) return { kind: 'remove', node }
      // It is in. If somebody takes it out again, that is meant.
      this.#asking.delete(node)
    }
    for (const progress of replication.all) {
      const { node } = progress.member
      if (log.members.find(node) === null) continue
      if (progress.isLost) return { kind: 'remove', node }
      if (!replication.isVoter(progress) && replication.isReady(progress)) return { kind: 'promote', node }
    }
    return null
  }
}

const nobody: readonly NodeId[] = Object.freeze([])
