import type { NotaryAnswers, NotaryQuery, RegisterOutcome } from '#cores/notary/messages'
import { fail, type Result } from '#kit/result'
import type { Sha256 } from '#kit/sha256'
import type { Stop } from '#kit/stop-stack'
import type { Consistency } from '#ports/replicated-log'
import type { Replica } from '../replica/replica.ts'
import type { Cosigning } from './cosigning.ts'
import type { Examiner } from './examiner.ts'
import type { Gatherer } from './gatherer.ts'
import type { NotaryState } from './notary-state.ts'
import { unprovenIn } from './proven.ts'
import type { Roster } from './roster.ts'
import type { NotaryService, NotaryStanding, RegisterOrder, WitnessedCheckpoint } from './service.ts'

export interface PeerServiceParts {
  readonly replica: Replica
  readonly tickMs: number
  readonly sha256: Sha256
  readonly state: NotaryState
  readonly gatherer: Gatherer
  readonly cosigning: Cosigning
  readonly examiner: Examiner
  readonly roster: Roster
}

/** These do not come from what was registered, so they can be said of a copy that is wrong. */
const saidAnyway: readonly NotaryQuery['kind'][] = ['status', 'witnesses', 'examine']

/** One peer of the notary, for whoever asks. */
export class PeerService implements NotaryService {
  readonly #parts: PeerServiceParts
  readonly #listeners = new Set<() => void>()

  constructor(parts: PeerServiceParts) {
    this.#parts = parts
  }

  get standing(): NotaryStanding {
    const { replica, tickMs, roster } = this.#parts
    const { id, role, term, leader, membership, leaderHeardTicksAgo, answering, commitIndex } = replica.view
    const voters = membership.filter(({ isVoter }) => isVoter).length
    return {
      nodeId: id,
      isLeader: role === 'leader',
      leader,
      term,
      hearsMajority: role === 'leader' ? (answering ?? 0) * 2 > voters : leader !== null,
      lagEntries: Math.max(0, commitIndex - replica.appliedIndex),
      leaderSilentMs: leaderHeardTicksAgo === null ? null : leaderHeardTicksAgo * tickMs,
      members: membership.map(({ node, isVoter }) => ({
        nodeId: node,
        isVoter,
        address: roster.cardOf(node)?.address ?? '',
      })),
    }
  }

  get witnessed(): WitnessedCheckpoint | null {
    return this.#parts.cosigning.witnessed
  }

  register(order: RegisterOrder, done: (result: Result<readonly RegisterOutcome[]>) => void): void {
    const { gatherer, examiner } = this.#parts
    if (examiner.isBroken) return done(damagedHere)
    gatherer.register(order, done)
  }

  ask<Query extends NotaryQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<NotaryAnswers[Query['kind']]>) => void,
  ): void {
    const { replica, state, examiner, sha256 } = this.#parts
    // What it would say of nothing looks like a notary in which nothing stands.
    const isEmpty = () => replica.appliedIndex === 0 && !saidAnyway.includes(query.kind)
    state.ask(query, consistency, (result) => {
      if (result.ok && isEmpty()) return done(nothingHere)
      if (!result.ok || saidAnyway.includes(query.kind)) return done(result)
      if (!examiner.isBroken) {
        const unproven = unprovenIn(query, result.value, { look: state.look, sha256 })
        if (unproven !== null) examiner.broken(unproven)
      }
      done(examiner.isBroken ? damagedHere : result)
    })
  }

  onChange(listener: () => void): Stop {
    const own = (): void => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

const nothingHere = fail('not-ready', 'this peer has nothing of the log yet')

const damagedHere = fail('store-damaged', 'what this peer has does not fit together, so it says nothing of it')
