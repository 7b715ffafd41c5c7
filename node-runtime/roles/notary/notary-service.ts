import type { NotaryAnswers, NotaryQuery, RegisterOutcome } from '#cores/notary/messages'
import { fail, ok, type Result } from '#kit/result'
import type { Sha256 } from '#kit/sha256'
import type { Stop } from '#kit/stop-stack'
import type { Consistency } from '#ports/replicated-log'
import type { Replica } from '../replica/replica.ts'
import { BoundTiles, BoundTree } from './bound-tree.ts'
import type { Cosigning } from './cosigning.ts'
import { type Evidence, evidenceFrom } from './evidence.ts'
import type { Examiner } from './examiner.ts'
import type { Gatherer } from './gatherer.ts'
import type { NotaryState } from './notary-state.ts'
import { type Against, unprovenAmong, unprovenIn } from './proven.ts'
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

/**
 * Said of a copy that is wrong too, as what lies in this peer's file: `broken` stands beside them. Nobody takes the size,
 * the root or the list of witnesses from here for proven; a signed checkpoint and a pinned policy are for that.
 */
const saidAnyway: readonly NotaryQuery['kind'][] = ['status', 'witnesses', 'examine']

/** One peer of the notary, for whoever asks. */
export class PeerService implements NotaryService {
  readonly #parts: PeerServiceParts
  readonly #listeners = new Set<() => void>()
  readonly #boundTiles = new BoundTiles()
  /** As of the last tick. null: it heard no leader yet. */
  #silentTicks: number | null = null

  constructor(parts: PeerServiceParts) {
    this.#parts = parts
  }

  get standing(): NotaryStanding {
    const { replica, tickMs, roster, examiner } = this.#parts
    const { id, role, term, leader, membership, leaderHeardTicksAgo, answering } = replica.view
    const silentTicks = leaderHeardTicksAgo ?? this.#silentTicks
    const voters = membership.filter(({ isVoter }) => isVoter).length
    return {
      nodeId: id,
      isLeader: role === 'leader',
      leader,
      term,
      hearsMajority: role === 'leader' ? (answering ?? 0) * 2 > voters : leader !== null,
      lagEntries: replica.lagEntries,
      broken: examiner.found,
      leaderSilentMs: silentTicks === null ? null : silentTicks * tickMs,
      // Every registration asks whether this peer leads, and hardly anybody for these.
      get members() {
        return membership.map(({ node, isVoter }) => ({
          nodeId: node,
          isVoter,
          address: roster.cardOf(node)?.address ?? '',
        }))
      },
    }
  }

  get witnessed(): WitnessedCheckpoint | null {
    return this.#parts.cosigning.witnessed
  }

  /** Goes on counting where the log has forgotten a leader that it does not hear any more. */
  tick(): void {
    const heard = this.#parts.replica.view.leaderHeardTicksAgo
    this.#silentTicks = heard ?? (this.#silentTicks === null ? null : this.#silentTicks + 1)
  }

  register(order: RegisterOrder, done: (result: Result<readonly RegisterOutcome[]>) => void): void {
    const { gatherer, examiner } = this.#parts
    if (examiner.isBroken) return done(damagedHere)
    gatherer.register(order, (result) => {
      if (!result.ok) return done(result)
      this.#hold(order, result.value)
      done(examiner.isBroken ? untold(result.value) : result)
    })
  }

  /** What is said to stand here already is a read, and held against the tree like any other. */
  #hold({ registrations }: RegisterOrder, outcomes: readonly RegisterOutcome[]): void {
    const { examiner } = this.#parts
    if (examiner.isBroken || outcomes.every(({ kind }) => kind === 'registered')) return
    const unproven = unprovenAmong(outcomes, registrations, this.#against)
    if (unproven !== null) examiner.broken(unproven)
  }

  ask<Query extends NotaryQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<NotaryAnswers[Query['kind']]>) => void,
  ): void {
    const { replica, state, examiner } = this.#parts
    // What it would say of nothing looks like a notary in which nothing stands.
    const isEmpty = () => replica.appliedIndex === 0 && !saidAnyway.includes(query.kind)
    state.ask(query, consistency, (result) => {
      if (result.ok && isEmpty()) return done(nothingHere)
      // Where it is, an examination finds out.
      if (!result.ok && result.failure.code === 'store-damaged' && !examiner.isBroken) examiner.start()
      if (!result.ok || saidAnyway.includes(query.kind)) return done(result)
      if (!examiner.isBroken) {
        const unproven = unprovenIn(query, result.value, this.#against)
        if (unproven !== null) examiner.broken(unproven)
      }
      done(examiner.isBroken ? damagedHere : result)
    })
  }

  evidence(from: number, limit: number, done: (result: Result<Evidence>) => void): void {
    const { replica, state, examiner, sha256 } = this.#parts
    if (replica.appliedIndex === 0) return done(nothingHere)
    const { look, tryLook } = state
    const { first, ...found } = evidenceFrom(from, limit, { look, tryLook, sha256 })
    if (first !== null) examiner.broken(first)
    done(ok({ ...found, breaks: withKnown(found, examiner.found) }))
  }

  onChange(listener: () => void): Stop {
    const own = (): void => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  changed(): void {
    for (const listener of this.#listeners) listener()
  }

  get #against(): Against {
    const { state, sha256, cosigning } = this.#parts
    const { look } = state
    return { look, sha256, tree: new BoundTree({ look, sha256, witnessed: cosigning.witnessed }, this.#boundTiles) }
  }
}

/** With what was found elsewhere, by an examination or a read, of a record on this page that looks sound by itself. */
function withKnown({ records, breaks }: Evidence, known: NotaryStanding['broken']): Evidence['breaks'] {
  const isHere = records.some(({ index }) => index === known?.index)
  if (known === null || !isHere || breaks.some(({ index }) => index === known.index)) return breaks
  return [...breaks, known].toSorted((one, other) => one.index - other.index)
}

const nothingHere = fail('not-ready', 'this peer has nothing of the log yet')

/** By a wrong copy nobody is told where something stands. What is new may stand in the others; what is not, was there before. */
function untold(outcomes: readonly RegisterOutcome[]): Result<never> {
  return outcomes.some(({ kind }) => kind === 'registered') ? nobodyKnows : damagedHere
}

const nobodyKnows = fail('timed-out', 'what this peer has does not fit together, so it does not say what it registered')

const damagedHere = fail('store-damaged', 'what this peer has does not fit together, so it says nothing of it')
