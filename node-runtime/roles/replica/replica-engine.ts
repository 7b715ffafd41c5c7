import type { TraceWhat } from '#contract/worker/trace'
import { encodeRaftMessage } from '#cores/raft/codec'
import { RaftCore } from '#cores/raft/core'
import type { Entry } from '#cores/raft/entry'
import type {
  RaftConfig,
  RaftInput,
  RaftMessage,
  RaftNote,
  RaftOutput,
  RaftView,
  RefusedWhy,
} from '#cores/raft/messages'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { fail, type Result } from '#kit/result'
import type { StateMachine, StateTx } from '#kit/state-machine'
import type { Stop } from '#kit/stop-stack'
import type { Applied } from '#ports/replicated-log'
import type { StoreTx } from '#ports/store'
import type { Engine } from '../pump.ts'
import { describeRaftNote } from '../raft-view.ts'
import type { NodePorts } from '../role.ts'
import { forgetReplica } from './forget-replica.ts'
import { ReplicaStorage } from './replica-storage.ts'
import { foundersIncarnation } from './saved-state.ts'
import type { AppliedOutcome } from './sessions.ts'
import type { WaitingRequests } from './waiting.ts'

export interface EngineParts {
  readonly config: Omit<RaftConfig, 'incarnation'>
  readonly founders: readonly NodeId[]
  /** What became of this node's disk if it holds nothing of a replica; null: there never was anything. */
  readonly lost: 'damaged' | 'missing' | null
  readonly tickMs: number
  readonly machine: StateMachine
  /** See `ReplicatedSystem`. */
  readonly isReadAnywhere?: boolean
  readonly waiting: WaitingRequests
  readonly ports: Pick<NodePorts, 'store' | 'random' | 'trace' | 'soon'>
}

type AppliedListener = (applied: Applied, answer: Uint8Array) => void

/** The raft core with its storage and the state machine, as the pump drives them. */
export class ReplicaEngine implements Engine<RaftInput, RaftMessage, RaftNote, RaftOutput> {
  readonly #parts: EngineParts
  readonly #listeners = new Set<AppliedListener>()
  #storage: ReplicaStorage
  #core: RaftCore
  #cores = 0
  /** The newest request that the present core has seen. */
  #lastGiven = 0
  /** After a restart what was told already is applied again, and not told again. */
  #toldIndex = 0
  #isToBeginAnew = false

  constructor(parts: EngineParts) {
    this.#parts = parts
    const { lost, ports, founders, config } = parts
    // Whoever comes later must not be taken for who was there before it under its name.
    const isFounder = lost === null && founders.includes(config.id)
    const incarnation = isFounder ? foundersIncarnation : this.#freshIncarnation()
    this.#storage = this.#openStorage(incarnation)
    this.#core = this.#makeCore()
    this.#toldIndex = this.#storage.appliedIndex
    // What is on the disk goes before what we would begin with, so the number tells whether there was anything.
    const hasBegun = lost !== null && this.#storage.incarnation === incarnation
    if (hasBegun) ports.soon(() => ports.trace.note({ kind: 'began-anew', incarnation, why: lost }))
  }

  get view(): RaftView {
    return this.#core.view
  }

  get incarnation(): number {
    return this.#storage.incarnation
  }

  get appliedIndex(): number {
    return this.#storage.appliedIndex
  }

  get compactTo(): number | null {
    return this.#storage.compactTo
  }

  get longestIdleAtMs(): number | null {
    return this.#storage.longestIdleAtMs
  }

  query(bytes: Uint8Array): Uint8Array {
    return this.#storage.query(bytes)
  }

  /** See `Replica`. With the next step, because between two of them nothing is under way. */
  beginAnewSoon(): void {
    this.#isToBeginAnew = true
  }

  spoil(change: (state: StateTx) => void): void {
    this.#storage.spoil(change)
  }

  watch(listener: AppliedListener): Stop {
    const own: AppliedListener = (applied, answer) => listener(applied, answer)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  tick(): void {
    this.#storage.tick()
  }

  step(inputs: readonly RaftInput[]): RaftOutput {
    for (const input of inputs) if ('ref' in input) this.#lastGiven = input.ref
    const output = this.#core.step(inputs)
    // What is sent first may happen though this disk refuses it.
    if (output.goesAhead) this.#noteAccepted(output)
    return output
  }

  mustSave({ persist }: RaftOutput): boolean {
    return persist !== null
  }

  speaksFirst({ goesAhead }: RaftOutput): boolean {
    return goesAhead
  }

  wantsToSave(): boolean {
    return this.#storage.isWorkDue
  }

  save(tx: StoreTx, { persist }: RaftOutput): void {
    this.#storage.perform(tx, persist)
  }

  saved(): void {
    this.#storage.performed()
  }

  /** Every append and every heartbeat says how far the log is committed. */
  mayWait({ kind }: RaftMessage): boolean {
    return kind === 'commit' && this.#parts.isReadAnywhere !== true
  }

  encode(message: RaftMessage): Uint8Array {
    return encodeRaftMessage(message)
  }

  describe(note: RaftNote): TraceWhat {
    return describeRaftNote(note, this.#parts.tickMs)
  }

  finish(output: RaftOutput): readonly RaftInput[] {
    const { waiting } = this.#parts
    for (const note of output.notes) if (note.kind === 'snapshot-installed') this.#leapt(note.index)
    if (!output.goesAhead) this.#noteAccepted(output)
    for (const { ref, why } of output.refused) waiting.fail(ref, refusals[why])
    for (const entry of output.committed) this.#apply(entry)
    for (const { ref, index } of output.reads) waiting.readable(ref, index)
    waiting.answerReads(this.#storage.appliedIndex, (bytes) => this.#storage.query(bytes))
    if (output.isDisowned || this.#isToBeginAnew) {
      this.#beginAnew(output.isDisowned ? 'disowned' : 'damaged')
      return []
    }
    return output.chunksWanted.map((order) => ({ kind: 'chunk', order, found: this.#storage.chunk(order) }))
  }

  restart(): void {
    const { waiting, ports } = this.#parts
    const { role: from } = this.#core.view
    waiting.coreIsGone(this.#lastGiven)
    this.#storage = this.#openStorage(this.#storage.incarnation)
    this.#core = this.#makeCore()
    const { role: to, term, leader } = this.#core.view
    // The new core knows of no fall, so it is told here.
    if (from !== to) {
      ports.trace.note({ kind: 'role-changed', from, to, term, why: 'cannot-write', leader, silentMs: null })
    }
  }

  #noteAccepted({ accepted }: RaftOutput): void {
    for (const { ref, end } of accepted) this.#parts.waiting.accepted(ref, end)
  }

  #apply(entry: Entry): void {
    const outcome = this.#storage.apply(entry)
    this.#parts.waiting.applied(entry, outcome)
    if (entry.index <= this.#toldIndex) return
    this.#toldIndex = entry.index
    if (this.#listeners.size > 0) this.#tell(entry, outcome)
  }

  #tell({ index, atMs, lamport }: Entry, outcome: AppliedOutcome): void {
    if (outcome.kind !== 'executed') return
    for (const listener of this.#listeners) listener({ index, atMs, lamport }, outcome.answer)
  }

  #leapt(index: number): void {
    this.#toldIndex = Math.max(this.#toldIndex, index)
    this.#parts.waiting.leapt(index)
  }

  /** MB7: what this node promised was believed to be on its disk, and is not, or is worth nothing any more. */
  #beginAnew(why: 'disowned' | 'damaged'): void {
    this.#isToBeginAnew = false
    const { ports, waiting } = this.#parts
    const before = this.#storage.incarnation
    forgetReplica(ports.store)
    this.#storage = this.#openStorage(this.#freshIncarnation())
    assert(this.#storage.incarnation !== before, 'who begins anew is somebody else')
    this.#core = this.#makeCore()
    this.#toldIndex = 0
    waiting.diskIsGone()
    ports.trace.note({ kind: 'began-anew', incarnation: this.#storage.incarnation, why })
  }

  #openStorage(incarnation: number): ReplicaStorage {
    const { config, founders, machine, ports } = this.#parts
    return ReplicaStorage.open(ports.store, machine, { self: config.id, incarnation, founders })
  }

  #makeCore(): RaftCore {
    const { config, ports } = this.#parts
    this.#cores += 1
    const parts = { random: ports.random.fork(`raft ${this.#cores}`), readLog: this.#storage.readLog }
    return new RaftCore({ ...config, incarnation: this.#storage.incarnation }, this.#storage.takeRestored(), parts)
  }

  /** Of 32 bits, and never a founder's: two lives of a disk share one about never. */
  #freshIncarnation(): number {
    this.#cores += 1
    return foundersIncarnation + 1 + this.#parts.ports.random.fork(`incarnation ${this.#cores}`).below(2 ** 32 - 1)
  }
}

const refusals: Readonly<Record<RefusedWhy, Result<never>>> = {
  'not-leader': fail('not-leader', 'this node does not lead'),
  busy: fail('busy', 'too much waits to be committed'),
  'handing-over': fail('busy', 'this node hands over its lead'),
  'change-under-way': fail('busy', 'another change of the members is under way'),
  'no-such-change': fail('bad-request', 'the members cannot be changed in this way'),
}
