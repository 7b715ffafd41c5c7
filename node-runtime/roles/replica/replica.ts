import { decodeRaftMessage, raftKinds } from '#cores/raft/codec'
import { entryBytesMax } from '#cores/raft/entry'
import type { RaftConfig, RaftInput, RaftMessage, RaftNote, RaftOutput, RaftView } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { StateMachine, StateTx } from '#kit/state-machine'
import type { Stop } from '#kit/stop-stack'
import type {
  Applied,
  CommandId,
  Consistency,
  Hint,
  ProposalAnswer,
  ReadAnswer,
  ReplicatedLog,
} from '#ports/replicated-log'
import type { Letter, Post } from '../post.ts'
import { type Arrival, type Cause, Pump, type PumpState } from '../pump.ts'
import type { NodePorts } from '../role.ts'
import { encodeCommand, encodeExpire, encodeOpenSession } from './entry-payload.ts'
import { ReplicaEngine } from './replica-engine.ts'
import { isSoundChunk } from './replica-storage.ts'
import { type Asked, WaitingRequests } from './waiting.ts'

export interface ReplicaParts {
  readonly config: Omit<RaftConfig, 'incarnation'>
  readonly founders: readonly NodeId[]
  /** What became of this node's disk if it holds nothing of a replica; null: there never was anything. */
  readonly lost: 'damaged' | 'missing' | null
  readonly tickMs: number
  readonly machine: StateMachine
  /** See `ReplicatedSystem`. */
  readonly isReadAnywhere?: boolean
  readonly post: Post
  /** The group's wall time, as this node knows it. */
  readonly timeMs: () => number
  readonly ports: Pick<NodePorts, 'store' | 'trace' | 'random' | 'soon' | 'lamport' | 'onChange'>
}

export const replicaLimits = {
  /** Requests that wait for their answer. Past that: busy. */
  waitingMax: 8_192,
  answerWithinMs: 3_000,
  /** Room for what the log puts around a command. */
  commandBytesMax: entryBytesMax - 1_024,
  queryBytesMax: 64 * 1024,
  /** A session that nobody uses for so long, by entry time, is closed. */
  sessionIdleMs: 30 * 60_000,
  /** How often a leader looks for them. */
  idleLookEveryTicks: 40,
} as const

/** One of the three things that can be asked, with the way back. */
export type ReplicaRequest =
  | { readonly kind: 'open-session'; readonly done: (result: Result<number>) => void }
  | {
      readonly kind: 'propose'
      readonly id: CommandId
      readonly command: Uint8Array
      readonly done: (result: Result<ProposalAnswer>) => void
    }
  | {
      readonly kind: 'read'
      readonly query: Uint8Array
      readonly consistency: Consistency
      readonly done: (result: Result<ReadAnswer>) => void
    }

/** The replicated log, embedded: this node's member of the group, with the state machine of its system. */
export class Replica implements ReplicatedLog {
  readonly #parts: ReplicaParts
  readonly #engine: ReplicaEngine
  readonly #pump: Pump<RaftInput, RaftMessage, RaftNote, RaftOutput>
  readonly #waiting: WaitingRequests
  #tick = 0

  constructor(parts: ReplicaParts) {
    this.#parts = parts
    const { post, ports, tickMs } = parts
    const ticksMax = Math.ceil(replicaLimits.answerWithinMs / tickMs)
    this.#waiting = new WaitingRequests({ waitingMax: replicaLimits.waitingMax, ticksMax })
    this.#engine = new ReplicaEngine({ ...parts, waiting: this.#waiting })
    this.#pump = new Pump({ engine: this.#engine, post, ports, onChange: ports.onChange })
    post.read(raftKinds, (letter) => this.#heard(letter))
  }

  get view(): RaftView {
    return this.#engine.view
  }

  get appliedIndex(): number {
    return this.#engine.appliedIndex
  }

  /** null: it cannot know. Whoever hears no leader, or cannot write what it hears, does not learn what is committed. */
  get lagEntries(): number | null {
    const { leader, heardCommit } = this.#engine.view
    if (leader === null || !this.#pump.canWrite) return null
    return Math.max(0, heardCommit - this.#engine.appliedIndex)
  }

  get hint(): Hint {
    return { leader: this.#engine.view.leader }
  }

  get pump(): PumpState {
    return this.#pump
  }

  openSession(done: (result: Result<number>) => void): void {
    this.ask({ kind: 'open-session', done })
  }

  propose(id: CommandId, command: Uint8Array, done: (result: Result<ProposalAnswer>) => void): void {
    this.ask({ kind: 'propose', id, command, done })
  }

  read(query: Uint8Array, consistency: Consistency, done: (result: Result<ReadAnswer>) => void): void {
    this.ask({ kind: 'read', query, consistency, done })
  }

  watch(listener: (applied: Applied, answer: Uint8Array) => void): Stop {
    return this.#engine.watch(listener)
  }

  /** What this node has, within the present turn. */
  look(query: Uint8Array): ReadAnswer {
    return { answer: this.#engine.query(query), appliedIndex: this.#engine.appliedIndex }
  }

  /** For lessons: changes this node's copy of the state, behind the back of the log. */
  spoil(change: (state: StateTx) => void): void {
    this.#engine.spoil(change)
  }

  /**
   * This node throws its copy away and asks to be taken in as somebody new. What only it had promised is gone: the
   * others have to be a majority without it.
   */
  beginAnew(): Result<null> {
    const { id, role, membership, lost, leader } = this.#engine.view
    const others = membership.filter(({ node, isVoter }) => isVoter && node !== id && !lost.includes(node))
    const voters = membership.filter(({ isVoter }) => isVoter).length
    if (role === 'leader') return fail('does-not-apply', 'who leads has to let another lead first')
    if (leader === null || others.length * 2 <= voters) {
      return fail('does-not-apply', 'the others are no majority without this node')
    }
    this.#engine.beginAnewSoon()
    return ok(null)
  }

  /** `cause`: the message that asks, if one does. */
  ask(request: ReplicaRequest, cause: Cause | null = null): void {
    switch (request.kind) {
      case 'open-session':
        return this.#propose(request, encodeOpenSession(), cause)
      case 'propose': {
        const { id, command, done } = request
        if (command.length > replicaLimits.commandBytesMax) return this.#later(done, tooLarge)
        return this.#propose({ kind: 'propose', done }, encodeCommand(id, command), cause)
      }
      case 'read': {
        const { query, consistency, done } = request
        if (query.length > replicaLimits.queryBytesMax) return this.#later(done, tooLarge)
        if (consistency === 'stale') return this.#parts.ports.soon(() => done(ok(this.look(query))))
        // Kept until a majority has been asked, and perhaps part of a larger buffer.
        const asked = { kind: 'read', query: query.slice(), done } as const
        const ref = this.#waiting.add(asked)
        if (ref === null) return this.#later(done, busy)
        return this.#offer({ kind: 'read', ref }, asked, { bytes: query.length, cause, isPassing: false })
      }
    }
  }

  tick(): void {
    if (this.#pump.isPaused) return
    this.#tick += 1
    this.#waiting.tick()
    this.#engine.tick()
    const { compactTo } = this.#engine
    if (compactTo !== null) this.#pump.offer({ kind: 'compact', upTo: compactTo })
    if (this.#tick % replicaLimits.idleLookEveryTicks === 0) this.#expireSessions()
    this.#pump.tick()
  }

  /** Asks this leader to let another lead. Whether that comes about, the next views tell. */
  handOver(to: NodeId): Result<null> {
    const { role, id, membership } = this.#engine.view
    if (role !== 'leader') return fail('not-leader', `${id} does not lead`)
    const member = membership.find(({ node }) => node === to)
    if (to === id || !member?.isVoter) return fail('does-not-apply', `${to} is no other voter of this group`)
    return this.#pump.offer({ kind: 'hand-over', to }) ? ok(null) : busy
  }

  /** Asks this leader to have its group without that node. `done` hears of it once that is committed. */
  remove(node: NodeId, done: (result: Result<number>) => void): void {
    const asked = { kind: 'remove-member', done } as const
    const ref = this.#waiting.add(asked)
    if (ref === null) return this.#later(done, busy)
    const input = { kind: 'change-members', ref, change: { kind: 'remove', node }, atMs: this.#parts.timeMs() } as const
    this.#offer(input, asked, { bytes: 0, cause: null, isPassing: false })
  }

  probe(): void {
    this.#pump.probe()
  }

  pause(isPaused: boolean): void {
    this.#parts.post.pause(isPaused)
    this.#pump.pause(isPaused)
  }

  stop(): void {
    this.#pump.stop()
  }

  /** Whether the sender has any part in it, the core knows: a client has none. */
  #heard({ from, kind, body, cause }: Letter): 'malformed' | 'queue-full' | null {
    const message = decodeRaftMessage(body)
    if (message === null || message.kind !== kind) return 'malformed'
    if (message.kind === 'snapshot-chunk' && !isSoundChunk(message.bytes)) return 'malformed'
    const why = cause === null ? null : { from, kind, message: cause }
    const arrival = { bytes: body.length, cause: why, isPassing: true }
    return this.#pump.offer({ kind: 'message', from, message }, arrival) ? null : 'queue-full'
  }

  #propose(asked: Asked, payload: Uint8Array, cause: Cause | null): void {
    const { ports, timeMs } = this.#parts
    const ref = this.#waiting.add(asked)
    if (ref === null) return this.#later(asked.done, busy)
    const input = { kind: 'propose', ref, payload, atMs: timeMs(), lamport: ports.lamport.value } as const
    this.#offer(input, asked, { bytes: payload.length, cause, isPassing: false })
  }

  #offer(
    input: Extract<RaftInput, { kind: 'propose' | 'read' | 'change-members' }>,
    asked: Asked,
    arrival: Arrival,
  ): void {
    if (this.#pump.offer(input, arrival)) return
    this.#waiting.forget(input.ref)
    this.#later(asked.done, busy)
  }

  /** By the leader's time and as a command, so that no two nodes ever disagree about it. */
  #expireSessions(): void {
    const { longestIdleAtMs, view } = this.#engine
    if (view.role !== 'leader' || longestIdleAtMs === null) return
    const { sessionIdleMs } = replicaLimits
    if (this.#parts.timeMs() - longestIdleAtMs <= sessionIdleMs) return
    // Whether it comes to anything is seen in the state, and another look follows anyway.
    this.#propose({ kind: 'propose', done: () => {} }, encodeExpire(sessionIdleMs), null)
  }

  #later(done: (failure: Result<never>) => void, failure: Result<never>): void {
    this.#parts.ports.soon(() => done(failure))
  }
}

const busy = fail('busy', 'too much waits already')
const tooLarge = fail('too-large', 'more bytes than a command or a query may have')
