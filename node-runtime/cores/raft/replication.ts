import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Committed } from './committed.ts'
import type { Entry } from './entry.ts'
import type { RaftLimits } from './limits.ts'
import type { RaftLog } from './log.ts'
import type { RaftConfig, RaftInput, RaftWords } from './messages.ts'
import { needsSnapshot, newOrder, Progress } from './progress.ts'
import { reachedByMajority } from './quorum.ts'
import type { StepOutput } from './step-output.ts'

export interface ReplicationParts {
  readonly config: RaftConfig
  readonly random: Random
  readonly out: StepOutput
  readonly log: RaftLog
  readonly committed: Committed
  readonly limits: RaftLimits
}

/**
 * How far behind a learner may be when it is made a voter: less than a busy group writes in a tenth of a second. With a
 * smaller number one that keeps up would have to wait for a quiet moment, which a busy group does not have.
 */
export const promotionLagMax = 2_048

type Words<Kind extends RaftWords['kind']> = Extract<RaftWords, { kind: Kind }>

/** Brings the leader's log to everybody else, for one reign. SPEC.md, RP and SN. */
export class Replication {
  readonly #parts: ReplicationParts
  readonly #term: number
  readonly #progress = new Map<NodeId, Progress>()

  constructor(parts: ReplicationParts, term: number) {
    this.#parts = parts
    this.#term = term
    this.syncMembers()
  }

  /** RP5: what an older term left behind is only sure once something of this term stands on top of it. */
  get hasCommittedInTerm(): boolean {
    return this.#parts.log.termAt(this.#parts.committed.index) === this.#term
  }

  get all(): Iterable<Progress> {
    return this.#progress.values()
  }

  /** Only of the very life that is a member: an answer of an earlier one is worth nothing. */
  of(node: NodeId, incarnation: number): Progress | null {
    const progress = this.#progress.get(node)
    return progress?.member.incarnation === incarnation ? progress : null
  }

  /** After every change of the membership in force. */
  syncMembers(): void {
    const { config, log, limits } = this.#parts
    const { members } = log
    for (const [node, { member, isLost }] of this.#progress) {
      const now = members.find(node)
      // MB7: who lost its disk may not know it yet, and is told so until it comes back as somebody else.
      if (now === null ? !isLost : now.incarnation !== member.incarnation) this.#progress.delete(node)
    }
    for (const member of members.current) {
      if (member.node === config.id || this.#progress.has(member.node)) continue
      this.#progress.set(member.node, new Progress(member, log.last.index + 1, limits.progress))
    }
  }

  isVoter(progress: Progress): boolean {
    return this.#parts.log.members.isVoter(progress.member.node, progress.member.incarnation)
  }

  isPresent({ silentTicks }: Progress): boolean {
    return silentTicks < this.#parts.config.electionTicksMin
  }

  /** MB4: it is there, and its log is nearly ours. */
  isReady(progress: Progress): boolean {
    const { log, limits } = this.#parts
    const lag = log.last.index - progress.matchIndex
    return progress.state === 'replicating' && lag <= limits.promotionLagMax && this.isPresent(progress)
  }

  acknowledged(progress: Progress, { matchIndex }: Words<'append-answer'>): void {
    const { log, out } = this.#parts
    if (matchIndex > log.last.index) {
      out.anomaly(`${progress.member.node} acknowledges entry ${matchIndex}, which was never sent`)
      return
    }
    // Who was being sent a snapshot has caught up by itself, or an old word of its arrived late; both are true.
    if (progress.state === 'snapshot' && matchIndex < log.base.index) return
    if (progress.state === 'snapshot') progress.probe(matchIndex + 1)
    progress.acknowledged(matchIndex)
    this.advanceCommit()
  }

  /** RP4: back up by whole terms, not entry by entry. */
  refused(progress: Progress, { previousIndex, hint }: Words<'append-refusal'>): void {
    if (progress.state === 'snapshot') return
    // An answer to an earlier attempt says nothing about the present one.
    if (previousIndex <= progress.matchIndex) return
    if (progress.state === 'probing' && previousIndex !== progress.nextIndex - 1) return
    progress.probe(Math.min(this.#parts.log.lastLike(hint).index + 1, previousIndex))
  }

  chunkFound({ order, found }: Extract<RaftInput, { kind: 'chunk' }>): void {
    const progress = this.#progress.get(order.to)
    const transfer = progress?.transfer
    if (progress === undefined || !transfer || transfer.order.transfer !== order.transfer) return
    if (transfer.order.number !== order.number) return
    if (found === null) {
      // SN6: that state is gone; probing finds out what is needed now.
      progress.probe(progress.matchIndex + 1)
      return
    }
    if (transfer.endIndex === null) {
      this.#parts.out.note({ kind: 'snapshot-began', to: order.to, index: found.snapshot.end.index })
    }
    transfer.endIndex = found.snapshot.end.index
    const { snapshot, chunk } = found
    this.#parts.out.send(order.to, { kind: 'snapshot-chunk', term: this.#term, snapshot, ...chunk })
  }

  chunkAnswered(progress: Progress, { transfer: number, wanted }: Words<'snapshot-answer'>): void {
    const { transfer } = progress
    if (transfer === null || transfer.order.transfer !== number || transfer.endIndex === null) return
    if (wanted === null) {
      const { endIndex } = transfer
      progress.probe(endIndex + 1)
      progress.acknowledged(endIndex)
      this.advanceCommit()
      return
    }
    // SN4: the next, or the same once more. Anything else means that the peer has forgotten: begin anew.
    const isNext = wanted === transfer.order.number + 1
    if (isNext) this.#order(progress, wanted)
    else if (wanted !== transfer.order.number) progress.probe(progress.matchIndex + 1)
  }

  /** SN4: once a heartbeat of silence has gone by, the chunk or its answer is taken for lost. */
  tick(): void {
    for (const progress of this.#progress.values()) {
      const { transfer } = progress
      if (transfer === null || !this.isPresent(progress)) continue
      transfer.ticksWaiting += 1
      if (transfer.ticksWaiting >= this.#parts.config.electionTicksMin) this.#order(progress, transfer.order.number)
    }
  }

  /** Sends to everyone what they lack, as far as the window allows. Called once, at the end of a step. */
  sendAll(): void {
    for (const progress of this.#progress.values()) this.#sendTo(progress)
  }

  /** RP5: only what a majority has, and only if it was proposed in this term. */
  advanceCommit(): void {
    const { config, log, committed } = this.#parts
    const matches = log.members.voters.map(({ node, incarnation }) => {
      if (node === config.id) return log.last.index
      const progress = this.of(node, incarnation)
      return progress === null || progress.isLost ? 0 : progress.matchIndex
    })
    const reached = reachedByMajority(matches)
    if (log.termAt(reached) === this.#term) committed.raiseTo(reached)
  }

  #sendTo(progress: Progress): void {
    const { log, random } = this.#parts
    // MB7: who lost what it had is told so, and is sent nothing until it has begun anew. Who is silent is only probed by heartbeats.
    if (progress.isLost || !this.isPresent(progress)) return
    if (progress.state !== 'snapshot' && needsSnapshot(progress, log)) {
      progress.beginTransfer(newOrder(progress, random))
      if (progress.transfer !== null) this.#parts.out.order(progress.transfer.order)
    }
    if (progress.state === 'probing') this.#probe(progress)
    if (progress.state !== 'replicating') return
    while (progress.hasRoom && progress.nextIndex <= log.last.index && !needsSnapshot(progress, log)) {
      this.#append(progress)
    }
    this.#tellCommit(progress)
  }

  #probe(progress: Progress): void {
    if (progress.isProbeOut) return
    const { nextIndex } = progress
    this.#append(progress)
    // The place that is asked about stays the same until an answer moves it.
    progress.nextIndex = nextIndex
    progress.isProbeOut = true
  }

  #append(progress: Progress): void {
    const { log, out, committed, limits } = this.#parts
    const from = progress.nextIndex
    const previous = { index: from - 1, term: log.termAt(from - 1) ?? 0 }
    const { appendEntriesMax, appendBytesMax } = limits.progress
    const entries = log.read(from, { entries: appendEntriesMax, bytes: appendBytesMax })
    assert(entries.length > 0 || from > log.last.index, `entry ${from} can be read`)
    out.send(progress.member.node, { kind: 'append', term: this.#term, previous, entries, commit: committed.index })
    progress.sent(from + entries.length - 1, weightOf(entries))
    progress.commitSent = Math.min(committed.index, from + entries.length - 1)
  }

  /** RP7: with nothing to append, a peer still hears what is committed, at once when nothing else is under way. */
  #tellCommit(progress: Progress): void {
    const { committed, log } = this.#parts
    const commit = Math.min(committed.index, progress.matchIndex)
    // A busy leader would say it after every command, and the next append, or its commit, says it anyway.
    if (commit <= progress.commitSent || committed.index < log.last.index) return
    progress.commitSent = commit
    this.#parts.out.send(progress.member.node, { kind: 'commit', term: this.#term, commit })
  }

  #order(progress: Progress, number: number): void {
    if (progress.transfer === null) return
    progress.transfer.order = { ...progress.transfer.order, number }
    progress.transfer.ticksWaiting = 0
    this.#parts.out.order(progress.transfer.order)
  }
}

function weightOf(entries: readonly Entry[]): number {
  let weight = 0
  for (const { bytes } of entries) weight += bytes.length
  return weight
}
