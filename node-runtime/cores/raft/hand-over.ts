import type { NodeId } from '#kit/ids'
import type { RaftLog } from './log.ts'
import type { RaftConfig, RaftNote } from './messages.ts'
import type { Progress } from './progress.ts'
import type { Replication } from './replication.ts'
import type { StepOutput } from './step-output.ts'

export interface HandOverParts {
  readonly config: RaftConfig
  readonly out: StepOutput
  readonly log: RaftLog
}

type Why = Extract<RaftNote, { kind: 'handing-over' }>['why']

interface Under {
  readonly to: NodeId
  readonly why: Why
  ticksLeft: number
  isTold: boolean
}

/** How a leader gives its lead to another, and whom it would rather see in its place. SPEC.md, HO and CH. */
export class HandOver {
  readonly #parts: HandOverParts
  readonly #replication: Replication
  readonly #term: number
  #under: Under | null = null
  /** How long each peer has been well without a break. */
  readonly #wellTicks = new Map<NodeId, number>()

  constructor(parts: HandOverParts, replication: Replication, term: number) {
    this.#parts = parts
    this.#replication = replication
    this.#term = term
  }

  get to(): NodeId | null {
    return this.#under?.to ?? null
  }

  /** The other has been asked to stand. */
  get isTold(): boolean {
    return this.#under?.isTold ?? false
  }

  /** HO1: only a voter who is there can be handed anything. */
  begin(to: NodeId, why: Why): void {
    // What was asked for stands above what the group would like by itself. Anything else waits for the end of what is
    // under way, which is near: were it replaced, many who ask could keep a leader from accepting anything for ever.
    if (this.#under !== null && (why !== 'asked' || this.#under.why !== 'favourite')) return
    const progress = this.#progressOf(to)
    if (progress === null || !this.#isWell(progress)) return
    this.#under = { to, why, ticksLeft: this.#parts.config.electionTicksMin, isTold: false }
    this.#parts.out.note({ kind: 'handing-over', to, why })
  }

  /** The one with the most of our log, for a leader that leaves. */
  beginWithBest(): void {
    const voters = [...this.#replication.all].filter((progress) => this.#replication.isVoter(progress))
    const best = voters
      .filter((progress) => this.#isWell(progress))
      .toSorted((one, other) => other.matchIndex - one.matchIndex)[0]
    if (best !== undefined) this.begin(best.member.node, 'leaving')
  }

  tick(wish: NodeId | null): void {
    for (const progress of this.#replication.all) {
      const { node } = progress.member
      this.#wellTicks.set(node, this.#isWell(progress) ? (this.#wellTicks.get(node) ?? 0) + 1 : 0)
    }
    if (this.#under !== null) this.#tickUnder(this.#under)
    else this.#favour(wish)
  }

  /** HO2: nothing new is accepted meanwhile, so whoever takes over soon has everything. */
  finish(): void {
    const under = this.#under
    if (under === null || under.isTold) return
    const progress = this.#progressOf(under.to)
    if (progress === null || progress.matchIndex !== this.#parts.log.last.index) return
    under.isTold = true
    this.#parts.out.send(under.to, { kind: 'stand-now', term: this.#term })
  }

  #tickUnder(under: Under): void {
    under.ticksLeft -= 1
    // The word may have been lost; saying it again does no harm, since standing twice is standing in two terms.
    if (under.ticksLeft % this.#parts.config.heartbeatTicks === 0) under.isTold = false
    if (under.ticksLeft > 0) return
    // HO4: it did not come to anything, and the group cannot wait longer for it.
    this.#wellTicks.set(under.to, 0)
    this.#under = null
  }

  /** CH3: a better one must have been well for the whole wait; one that flaps begins again each time. */
  #favour(wish: NodeId | null): void {
    const { config } = this.#parts
    const order = [...(wish === null ? [] : [wish]), ...config.favourites]
    for (const node of order) {
      if (node === config.id) return
      const progress = this.#progressOf(node)
      if (progress === null || !this.#replication.isPresent(progress)) continue
      if ((this.#wellTicks.get(node) ?? 0) >= config.favouriteWaitTicks) this.begin(node, 'favourite')
      return
    }
  }

  #progressOf(node: NodeId): Progress | null {
    const member = this.#parts.log.members.find(node)
    return member?.isVoter ? this.#replication.of(node, member.incarnation) : null
  }

  #isWell(progress: Progress): boolean {
    return !progress.isLost && this.#replication.isPresent(progress) && progress.state === 'replicating'
  }
}
