import { assert, unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { Committed } from './committed.ts'
import { Election, type Sender } from './election.ts'
import { Intake } from './intake.ts'
import { Joins } from './joins.ts'
import { Leadership } from './leadership.ts'
import { type RaftLimits, raftLimits } from './limits.ts'
import { RaftLog } from './log.ts'
import { firstIncarnation, votersOf } from './membership.ts'
import type { RaftConfig, RaftInput, RaftMessage, RaftOutput, RaftView, ReadLog, Restored } from './messages.ts'
import { StepOutput } from './step-output.ts'

export interface RaftParts {
  readonly random: Random
  readonly readLog: ReadLog
  /** The right ones, if none are handed in. */
  readonly limits?: RaftLimits
}

/** One member of a raft group as a machine of values: no clock, no socket, no disk. Begin with SPEC.md. */
export class RaftCore {
  readonly #config: RaftConfig
  readonly #peers: ReadonlySet<NodeId>
  readonly #random: Random
  readonly #limits: RaftLimits
  readonly #out: StepOutput
  readonly #log: RaftLog
  readonly #committed: Committed
  readonly #election: Election
  readonly #intake: Intake
  readonly #joins: Joins
  /** Exactly while this node leads. */
  #leadership: Leadership | null = null
  #wish: NodeId | null = null
  #isGroupLost = false
  #view: RaftView | null = null

  constructor(config: RaftConfig, restored: Restored, { random, readLog, limits = raftLimits }: RaftParts) {
    // A leader must be able to speak more often than others lose patience, or no reign would outlast a timeout.
    assert(config.heartbeatTicks >= 1 && config.heartbeatTicks < config.electionTicksMin, 'heartbeats are the faster')
    assert(config.electionTicksSpread >= 1, 'a timeout is drawn from at least one length')
    assert(restored.appliedIndex >= restored.base.end.index, 'the log begins where the state ends, or before')
    this.#config = config
    this.#peers = new Set(config.peers)
    assert(!this.#peers.has(config.id) && this.#peers.size === config.peers.length, 'peers are others, named once')
    this.#random = random
    this.#limits = limits
    this.#out = new StepOutput(config.incarnation)
    this.#log = new RaftLog(restored.base, restored.entries, { readLog, limits: limits.log })
    assert(restored.appliedIndex <= this.#log.last.index, 'what was applied is in the log')
    this.#committed = new Committed(restored.appliedIndex, limits.committed)
    const parts = { config, random, out: this.#out, log: this.#log, committed: this.#committed }
    this.#election = new Election(parts, restored.hard)
    this.#intake = new Intake(parts, restored.incoming === null ? null : { ...restored.incoming })
    this.#joins = new Joins(config)
  }

  /** Asked far more often than anything in it changes, which only a step does. */
  get view(): RaftView {
    this.#view ??= this.#look()
    return this.#view
  }

  #look(): RaftView {
    const { id, incarnation, favourites } = this.#config
    const { hard, role, leader, leaderHeardTicksAgo, wait } = this.#election
    return {
      id,
      incarnation,
      role,
      ...hard,
      leader,
      membership: this.#log.members.current,
      leaderHeardTicksAgo,
      answering: this.#leadership?.answering ?? null,
      electionTicksLeft: wait?.ticksLeft ?? null,
      electionTicksOf: wait?.ticksOf ?? null,
      last: this.#log.last,
      commitIndex: this.#committed.index,
      heardCommit: this.#intake.heardCommit,
      base: this.#log.base,
      floorMs: this.#log.floor.atMs,
      progress: this.#leadership?.progress ?? [],
      favourite: this.#wish ?? favourites[0] ?? null,
      handingOverTo: this.#leadership?.handingOverTo ?? null,
      lost: this.#lost(),
    }
  }

  /** Everything that waits, in the order in which it came; what it leads to comes out as one. */
  step(inputs: readonly RaftInput[]): RaftOutput {
    this.#view = null
    for (const input of inputs) {
      this.#take(input)
      this.#followRole()
    }
    if (this.#leadership?.finish() === 'left') this.#election.standDown('left-the-group')
    this.#followRole()
    const committed = this.#committed.take(this.#log)
    const unsaved = this.#log.takeUnsaved()
    // ST3: who is a majority alone commits what it has not kept yet, and has to keep it first.
    const isOpen = this.#leadership !== null && this.#committed.index < (unsaved[0]?.index ?? 0)
    return this.#out.take(unsaved, committed, isOpen)
  }

  #take(input: RaftInput): void {
    switch (input.kind) {
      case 'tick':
        return this.#tick()
      case 'message':
        return this.#receive(input.from, input.message)
      case 'propose':
        return this.#leadership === null ? this.#out.refuse(input.ref, 'not-leader') : this.#leadership.propose(input)
      case 'read':
        return this.#leadership === null ? this.#out.refuse(input.ref, 'not-leader') : this.#leadership.read(input.ref)
      case 'change-members':
        return this.#leadership === null ? this.#out.refuse(input.ref, 'not-leader') : this.#leadership.change(input)
      case 'hand-over':
        return this.#leadership?.handOver(input.to)
      case 'wish':
        this.#wish = input.leader
        return this.#election.wish(input.leader)
      case 'compact':
        return this.#compact(input.upTo)
      case 'chunk':
        return this.#leadership?.chunkFound(input)
      case 'cannot-write':
        return this.#election.loseDisk()
      case 'can-write':
        return this.#election.regainDisk()
      default:
        return unreachable(input)
    }
  }

  #tick(): void {
    this.#joins.tick()
    if (this.#leadership !== null) {
      if (this.#leadership.tick(this.#wish) === 'leads') return
      this.#out.note({ kind: 'timer', name: 'check-quorum', afterTicks: this.#config.electionTicksMin })
      this.#election.standDown('no-majority-answered')
    } else if (this.#election.tick() === 'homeless' && !this.#wasTakenIn()) {
      // MB8: it belongs to no group, so it asks to be taken into one.
      for (const to of this.#peers) this.#out.send(to, { kind: 'join', term: this.#election.hard.term })
    }
  }

  #receive(node: NodeId, message: RaftMessage): void {
    if (!this.#peers.has(node)) return this.#out.anomaly(`${message.kind} from ${node}, who is no peer`)
    const from: Sender = { node, incarnation: message.incarnation }
    switch (message.kind) {
      case 'pre-vote-request':
      case 'pre-vote':
      case 'vote-request':
      case 'vote':
        return this.#election.receive(from, message)
      case 'heartbeat-answer':
      case 'append-answer':
      case 'append-refusal':
      case 'snapshot-answer':
        this.#election.noticeTerm(message.term)
        if (message.term === this.#leadership?.term && this.#election.role === 'leader')
          this.#leadership.receive(from, message)
        return
      case 'heartbeat':
      case 'commit':
      case 'append':
      case 'snapshot-chunk':
      case 'stand-now':
        return this.#hear(node, message)
      case 'join':
        this.#joins.heard(node, message.incarnation)
        return this.#noticeGroupLost()
      case 'disown':
        if (message.disowned === this.#config.incarnation && message.term >= this.#election.hard.term)
          this.#out.disown()
        return
      default:
        return unreachable(message)
    }
  }

  /**
   * Who was told of a group before it was taken in for good asks again: the entry that took it in may be cut, and then
   * nobody speaks to it any more. Who was a member and is none now was removed on purpose.
   */
  #wasTakenIn(): boolean {
    const { id, incarnation } = this.#config
    const { members } = this.#log
    if (members.current.length === 0) return false
    return incarnation === firstIncarnation || members.hasHadUpTo(this.#committed.index, { id, incarnation })
  }

  /** What only a leader says. */
  #hear(
    from: NodeId,
    words: Extract<RaftMessage, { kind: 'heartbeat' | 'commit' | 'append' | 'snapshot-chunk' | 'stand-now' }>,
  ): void {
    if (!this.#election.hearLeader(from, words.term)) return
    if (!this.#election.canWrite) return // EL15: it is followed, and not answered
    switch (words.kind) {
      case 'heartbeat': {
        const { term, round, commit } = words
        this.#intake.commitTo(commit, term)
        // MB8: its leader calls it by what it was, and it would wait for ever for nobody's call.
        if (!this.#wasTakenIn()) this.#out.send(from, { kind: 'join', term })
        return this.#out.send(from, { kind: 'heartbeat-answer', term, round, lastIndex: this.#log.last.index })
      }
      case 'commit':
        return this.#intake.commitTo(words.commit, words.term)
      case 'append':
        return this.#intake.append(from, words)
      case 'snapshot-chunk':
        return this.#intake.chunk(from, words)
      case 'stand-now':
        return this.#election.standNow()
      default:
        return unreachable(words)
    }
  }

  /** A reign begins and ends with the role; nothing of it is left for the next one. */
  #followRole(): void {
    const { role, hard } = this.#election
    if (this.#leadership !== null && (role !== 'leader' || hard.term !== this.#leadership.term)) {
      this.#leadership.end()
      this.#leadership = null
    }
    if (role !== 'leader' || this.#leadership !== null) return
    const parts = {
      config: this.#config,
      out: this.#out,
      log: this.#log,
      committed: this.#committed,
      joins: this.#joins,
      limits: this.#limits,
    }
    this.#leadership = new Leadership({ ...parts, random: this.#random }, hard.term)
  }

  #compact(upTo: number): void {
    const index = Math.min(upTo, this.#committed.handedOver)
    if (index <= this.#log.base.index || !this.#election.canWrite) return
    const membership = this.#log.members.at(index)
    this.#log.compactTo(index)
    // Stamps of a later entry are a floor for what comes after it all the same.
    this.#out.persistBase({ end: this.#log.base, membership, ...this.#stamps() })
  }

  #stamps(): { readonly atMs: number; readonly lamport: number } {
    const { atMs, lamport } = this.#log.floor
    return { atMs, lamport }
  }

  #lost(): readonly NodeId[] {
    const { members } = this.#log
    // Who is being removed is lost until that is committed; with too many lost it never will be.
    const settled = members.at(this.#committed.index)
    const isSettled = settled === members.current
    const asking = this.#joins.lost(isSettled ? members.voters : [...votersOf(settled), ...members.voters])
    const found = this.#leadership?.lost ?? nobody
    return isSettled && found.length === 0 ? asking : [...new Set([...asking, ...found])]
  }

  /** MB9: it is said once, and whoever looks sees it in the view. */
  #noticeGroupLost(): void {
    const isLost = this.#joins.isGroupLost(this.#log)
    if (isLost && !this.#isGroupLost) this.#out.note({ kind: 'group-lost', lost: this.#lost() })
    this.#isGroupLost = isLost
  }
}

const nobody: readonly NodeId[] = Object.freeze([])
