import { unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Sender } from './election.ts'
import { type EntryKind, makeEntry } from './entry.ts'
import { HandOver } from './hand-over.ts'
import type { Joins } from './joins.ts'
import { changed, encodeMembership } from './membership.ts'
import type { LogEnd, MemberChange, PeerProgress, RaftInput, RaftWords, RefusedWhy } from './messages.ts'
import type { Progress } from './progress.ts'
import { majorityOf, reachedByMajority } from './quorum.ts'
import { Reads } from './reads.ts'
import { Replication, type ReplicationParts } from './replication.ts'

export interface LeadershipParts extends ReplicationParts {
  readonly joins: Joins
}

export const leadershipLimits = {
  /** What may be in the log and not committed. Past that: busy. A leader that is cut off must not fill its disk. */
  uncommittedEntriesMax: 16_384,
  uncommittedBytesMax: 32 * 1024 * 1024,
} as const

/** What peers answer to their leader. */
export type AnswerWords = Extract<
  RaftWords,
  { kind: 'heartbeat-answer' | 'append-answer' | 'append-refusal' | 'snapshot-answer' }
>

type Proposal = Extract<RaftInput, { kind: 'propose' }>

/** One reign, from the election that was won to the step down. What is here ends with it. */
export class Leadership {
  readonly term: number
  readonly #parts: LeadershipParts
  readonly #replication: Replication
  readonly #reads: Reads
  readonly #handOver: HandOver
  #isLeaving = false
  #round = 0
  #isRoundDue = true
  #ticksToHeartbeat = 0
  #uncommittedBytes = 0
  /** Weights of what is not committed, oldest first, from the entry after `#weighedTo`. */
  #weights: number[] = []
  #weighedTo: number

  constructor(parts: LeadershipParts, term: number) {
    this.#parts = parts
    this.term = term
    this.#replication = new Replication(parts, term)
    this.#reads = new Reads(parts.out, parts.limits.reads)
    this.#handOver = new HandOver(parts, this.#replication, term)
    this.#weighedTo = parts.log.last.index
    // RP6: an entry of one's own term, so that what earlier terms left behind can be committed.
    this.#append('no-op', nothing, parts.log.floor)
  }

  get handingOverTo(): NodeId | null {
    return this.#handOver.to
  }

  /** Voters that answered within the minimum election timeout, the leader itself among them if it is one. */
  get answering(): number {
    const { config } = this.#parts
    let count = this.#isVoter() ? 1 : 0
    for (const progress of this.#replication.all) {
      if (this.#replication.isVoter(progress) && !progress.isLost && progress.silentTicks < config.electionTicksMin)
        count += 1
    }
    return count
  }

  get progress(): readonly PeerProgress[] {
    return [...this.#replication.all].map((progress) => ({
      peer: progress.member.node,
      isVoter: this.#replication.isVoter(progress),
      state: progress.state,
      matchIndex: progress.matchIndex,
      isPresent: this.#replication.isPresent(progress),
    }))
  }

  get lost(): readonly NodeId[] {
    return [...this.#replication.all].flatMap(({ isLost, member }) => (isLost ? [member.node] : []))
  }

  tick(wish: NodeId | null): 'leads' | 'majority-lost' {
    for (const progress of this.#replication.all) progress.silentTicks += 1
    // EL7
    if (this.answering < majorityOf(this.#parts.log.members.voters.length)) return 'majority-lost'
    this.#ticksToHeartbeat -= 1
    if (this.#ticksToHeartbeat <= 0) this.#isRoundDue = true
    this.#replication.tick()
    this.#handOver.tick(wish)
    this.#careForMembers()
    return 'leads'
  }

  propose({ ref, payload, atMs, lamport }: Proposal): void {
    const { out, log, committed, limits } = this.#parts
    if (this.#handOver.to !== null) return out.refuse(ref, 'handing-over')
    const uncommitted = log.last.index - committed.index
    const isFull =
      uncommitted >= limits.leadership.uncommittedEntriesMax ||
      this.#uncommittedBytes + payload.length > limits.leadership.uncommittedBytesMax
    if (isFull) return out.refuse(ref, 'busy')
    out.accept(ref, this.#append('command', payload, { atMs, lamport }))
  }

  read(ref: number): void {
    this.#reads.add(ref)
  }

  handOver(to: NodeId): void {
    this.#handOver.begin(to, 'asked')
  }

  change({ ref, change, atMs }: Extract<RaftInput, { kind: 'change-members' }>): void {
    const refusal = this.#change(change, atMs)
    if (refusal === null) this.#parts.out.accept(ref, this.#parts.log.last)
    else this.#parts.out.refuse(ref, refusal)
  }

  receive(from: Sender, words: AnswerWords): void {
    const progress = this.#replication.of(from.node, from.incarnation)
    if (progress === null) return // MB6: not a member in this life
    progress.silentTicks = 0
    if (progress.isLost) return this.#disown(progress)
    switch (words.kind) {
      case 'heartbeat-answer':
        return this.#heartbeatAnswered(progress, words)
      case 'append-answer':
        return this.#replication.acknowledged(progress, words)
      case 'append-refusal':
        return this.#replication.refused(progress, words)
      case 'snapshot-answer':
        return this.#replication.chunkAnswered(progress, words)
      default:
        return unreachable(words)
    }
  }

  chunkFound(input: Extract<RaftInput, { kind: 'chunk' }>): void {
    this.#replication.chunkFound(input)
  }

  /** The end of a step: everything that came in it is sent out together. */
  finish(): 'leads' | 'left' {
    const { log, committed } = this.#parts
    this.#replication.advanceCommit()
    this.#forgetCommitted()
    this.#askForReads()
    if (this.#isRoundDue) this.#sendHeartbeats()
    this.#replication.sendAll()
    this.#handOver.finish()
    if (this.#isVoter() || log.members.index > committed.index) return 'leads'
    // MB5: a leader that is no voter any more sees to it that another takes over, and goes.
    if (!this.#isLeaving) this.#handOver.beginWithBest()
    this.#isLeaving = true
    this.#handOver.finish()
    return this.#handOver.to === null || this.#handOver.isTold ? 'left' : 'leads'
  }

  end(): void {
    this.#reads.refuseAll()
  }

  #append(kind: EntryKind, payload: Uint8Array, at: { readonly atMs: number; readonly lamport: number }): LogEnd {
    const { log } = this.#parts
    // CK1: neither goes back along the log, whatever the clocks of its leaders say.
    const atMs = Math.max(at.atMs, log.floor.atMs)
    const lamport = Math.max(at.lamport, log.floor.lamport)
    const entry = makeEntry({ index: log.last.index + 1, term: this.term, kind, atMs, lamport, payload })
    log.append(entry)
    this.#weights.push(entry.bytes.length)
    this.#uncommittedBytes += entry.bytes.length
    return log.last
  }

  #change(change: MemberChange, atMs: number): RefusedWhy | null {
    const { log, committed, out } = this.#parts
    if (this.#handOver.to !== null) return 'handing-over'
    // MB2, MB3: one at a time, and none before this term has committed something.
    if (log.members.index > committed.index || !this.#replication.hasCommittedInTerm) return 'change-under-way'
    if (change.kind === 'promote' && !this.#isReady(change.node)) return 'no-such-change'
    const membership = changed(log.members.current, change)
    if (membership === null) return 'no-such-change'
    this.#append('members', encodeMembership(membership), { atMs, lamport: log.floor.lamport })
    this.#replication.syncMembers()
    out.note({ kind: 'members-changed', members: membership, index: log.last.index })
    return null
  }

  #isReady(node: NodeId): boolean {
    const member = this.#parts.log.members.find(node)
    const progress = member === null ? null : this.#replication.of(node, member.incarnation)
    return progress !== null && this.#replication.isReady(progress)
  }

  #careForMembers(): void {
    const { joins, log } = this.#parts
    const change = joins.nextChange(log, this.#replication)
    if (change !== null) this.#change(change, log.floor.atMs)
  }

  #heartbeatAnswered(progress: Progress, words: Extract<RaftWords, { kind: 'heartbeat-answer' }>): void {
    const { out } = this.#parts
    if (words.round > this.#round) {
      return out.anomaly(`${progress.member.node} answers heartbeat ${words.round}, which was never sent`)
    }
    progress.roundAnswered = Math.max(progress.roundAnswered, words.round)
    const verdict = progress.judge(words.round, words.lastIndex)
    if (verdict === 'lost-messages') progress.sendAgain()
    if (verdict === 'lost-disk') {
      progress.isLost = true
      out.note({ kind: 'peer-lost-disk', peer: progress.member.node })
      this.#disown(progress)
      return
    }
    this.#confirmReads()
  }

  /** MB7 */
  #disown({ member }: Progress): void {
    this.#parts.out.send(member.node, { kind: 'disown', term: this.term, disowned: member.incarnation })
  }

  #askForReads(): void {
    if (!this.#reads.isAskDue || !this.#replication.hasCommittedInTerm) return
    this.#isRoundDue = true
    this.#reads.ask(this.#round + 1, this.#parts.committed.index)
  }

  #confirmReads(): void {
    const { config, log } = this.#parts
    const rounds = log.members.voters.map(({ node, incarnation }) => {
      if (node === config.id) return this.#round
      const progress = this.#replication.of(node, incarnation)
      return progress === null || progress.isLost ? 0 : progress.roundAnswered
    })
    this.#reads.confirm(reachedByMajority(rounds))
  }

  #sendHeartbeats(): void {
    const { out, config, committed } = this.#parts
    this.#isRoundDue = false
    this.#ticksToHeartbeat = config.heartbeatTicks
    this.#round += 1
    for (const progress of this.#replication.all) {
      const commit = Math.min(committed.index, progress.matchIndex)
      progress.heartbeatSent(this.#round)
      progress.commitSent = Math.max(progress.commitSent, commit)
      out.send(progress.member.node, { kind: 'heartbeat', term: this.term, round: this.#round, commit })
    }
    this.#confirmReads() // who is alone needs nobody's word
  }

  #forgetCommitted(): void {
    const count = this.#parts.committed.index - this.#weighedTo
    if (count <= 0) return
    for (const weight of this.#weights.splice(0, count)) this.#uncommittedBytes -= weight
    this.#weighedTo = this.#parts.committed.index
  }

  #isVoter(): boolean {
    const { config, log } = this.#parts
    return log.members.isVoter(config.id, config.incarnation)
  }
}

const nothing = new Uint8Array(0)
