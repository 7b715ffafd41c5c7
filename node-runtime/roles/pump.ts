import type { TraceWhat } from '#contract/worker/trace'
import type { LamportClock } from '#cores/clocks/lamport'
import { assert } from '#kit/assert'
import { type MessageId, messageId, type NodeId } from '#kit/ids'
import { type Store, StoreFailure, type StoreTx } from '#ports/store'
import type { Trace } from '#ports/trace'
import type { Wire } from '#ports/wire'
import { decodeEnvelope, encodeEnvelope } from './envelope.ts'

/** What every core that is driven by a pump understands; a core may know more inputs than these. */
export type CoreInput<Message> =
  | { readonly kind: 'tick' }
  | { readonly kind: 'message'; readonly from: NodeId; readonly message: Message }
  | { readonly kind: 'cannot-write' }
  | { readonly kind: 'can-write' }

export interface CoreOutput<Message, Saved, Note> {
  readonly persist: Saved | null
  readonly messages: readonly { readonly to: NodeId; readonly message: Message }[]
  readonly notes: readonly Note[]
  readonly anomaly: string | null
}

export interface PumpParts<Message extends { readonly kind: string }, Saved, Note> {
  readonly id: NodeId
  readonly core: { step(input: CoreInput<Message>): CoreOutput<Message, Saved, Note> }
  readonly hooks: {
    /** A body as a peer sent it, or null if it is none of the core's messages. */
    parse(body: unknown): Message | null
    save(tx: StoreTx, what: Saved): void
    describe(note: Note): TraceWhat
  }
  readonly ports: {
    readonly wire: Wire
    readonly store: Store
    readonly trace: Trace
    /** Runs work after the present callback, once. The simulator and the tests hand in their own. */
    soon(work: () => void): void
  }
  readonly lamport: LamportClock
  /** Which life of this node it is, counted on its disk: two lives must not give two messages one id. */
  readonly life: number
  readonly onChange: () => void
}

export const pumpLimits = {
  /** Messages that wait for the core. A slow disk fills it, a healthy node never has more than a handful. */
  inboxMax: 4_096,
  /** How long a node that cannot write waits before it tries again. */
  probeEveryTicks: 40,
  messagesPerLifeMax: 1_000_000_000,
} as const

interface Arrived<Message> {
  readonly input: CoreInput<Message>
  /** The message that is this input, as the cause of all that follows from it. */
  readonly cause: MessageId | null
}

/**
 * The only loop of a node. What arrives waits in the inbox; each input is stepped, and its output is performed whole,
 * in one order, before the next is looked at:
 * 1. durable: nobody hears of a vote that is not on the disk;
 * 2. noted, then sent: the notes come first, so that in the trace a decision stands before the messages it led to;
 * 3. shown.
 */
export class Pump<Message extends { readonly kind: string }, Saved, Note> {
  readonly #parts: PumpParts<Message, Saved, Note>
  #inbox: Arrived<Message>[] = []
  #isDrainDue = false
  #isPaused = false
  #isStopped = false
  #canWrite = true
  #ticksUntilProbe = 0
  #sent = 0
  #anomalies = 0
  #malformed = 0

  constructor(parts: PumpParts<Message, Saved, Note>) {
    this.#parts = parts
  }

  get inboxLength(): number {
    return this.#inbox.length
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  get canWrite(): boolean {
    return this.#canWrite
  }

  /** Peers that broke the protocol, in what they said or in how. */
  get anomalies(): number {
    return this.#anomalies + this.#malformed
  }

  tick(): void {
    if (!this.#isPaused) this.#offer({ input: { kind: 'tick' }, cause: null })
  }

  /** Bytes from a peer, as the wire brings them. */
  receive(from: NodeId, bytes: Uint8Array): void {
    const { lamport, ports, hooks } = this.#parts
    const envelope = decodeEnvelope(bytes, from, lamport)
    const message = envelope === null ? null : hooks.parse(envelope.body)
    if (envelope === null || message === null || message.kind !== envelope.kind) {
      this.#malformed += 1
      ports.trace.note({ kind: 'dropped', peer: from, message: null, messageKind: null, why: 'malformed' })
      return
    }
    const { id, kind } = envelope
    const refused = this.#isPaused ? 'paused' : this.#inbox.length >= pumpLimits.inboxMax ? 'queue-full' : null
    if (refused !== null) {
      ports.trace.note({ kind: 'dropped', peer: from, message: id, messageKind: kind, why: refused }, envelope.cause)
      return
    }
    lamport.onReceive(envelope.lamport)
    ports.trace.note({ kind: 'received', from, message: id, messageKind: kind, bytes: bytes.length }, envelope.cause)
    this.#offer({ input: { kind: 'message', from, message }, cause: id })
  }

  /** A paused node is asleep: it neither ticks nor hears, and what had arrived before is as lost as what comes now. */
  pause(isPaused: boolean): void {
    if (isPaused && !this.#isPaused) this.#inbox = []
    this.#isPaused = isPaused
    this.#parts.onChange()
  }

  stop(): void {
    this.#isStopped = true
    this.#inbox = []
  }

  /** Finds out whether the disk takes a write, and tells the core when that has changed. */
  probe(): void {
    const canWrite = this.#write((tx) => tx.put('node', 'probe', new Uint8Array(1)))
    if (canWrite === this.#canWrite) return
    if (canWrite) return this.#regainDisk()
    // Nothing is taken back: a core that hears `cannot-write` first thing after an output believes that this output
    // was not performed, and would forget a vote that it gave.
    this.#perform(this.#parts.core.step({ kind: 'can-write' }), null)
    this.#loseDisk(null)
  }

  /** False when full. A node that cannot keep up must look slow to its peers, not grow until the machine dies. */
  #offer(arrived: Arrived<Message>): boolean {
    if (this.#isStopped || this.#inbox.length >= pumpLimits.inboxMax) return false
    this.#inbox.push(arrived)
    if (!this.#isDrainDue) {
      this.#isDrainDue = true
      this.#parts.ports.soon(() => this.#drain())
    }
    return true
  }

  /** Takes what waits now. What arrives meanwhile has its own turn, so that commands from the pipe get in between. */
  #drain(): void {
    this.#isDrainDue = false
    const arrived = this.#inbox
    this.#inbox = []
    for (const { input, cause } of arrived) {
      if (this.#isStopped) return
      if (input.kind === 'tick') this.#probeWhenDue()
      this.#perform(this.#parts.core.step(input), cause)
    }
    this.#parts.onChange()
  }

  #perform(output: CoreOutput<Message, Saved, Note>, cause: MessageId | null): void {
    const { persist } = output
    if (persist !== null && !this.#write((tx) => this.#parts.hooks.save(tx, persist))) {
      // Nothing else of this output may happen, and the core must hear of it before anything else.
      this.#loseDisk(cause)
      return
    }
    const { trace } = this.#parts.ports
    for (const note of output.notes) trace.note(this.#parts.hooks.describe(note), cause)
    if (output.anomaly !== null) {
      this.#anomalies += 1
      trace.note({ kind: 'anomaly', detail: output.anomaly }, cause)
    }
    for (const { to, message } of output.messages) this.#send(to, message, cause)
  }

  #send(to: NodeId, message: Message, cause: MessageId | null): void {
    const { id: self, life, lamport, ports } = this.#parts
    this.#sent = (this.#sent + 1) % pumpLimits.messagesPerLifeMax
    const id = messageId(self, life * pumpLimits.messagesPerLifeMax + this.#sent)
    const messageKind = message.kind
    const bytes = encodeEnvelope({ id, kind: messageKind, lamport: lamport.beforeSend(), cause, body: message })
    // What the wire drops, now or later, is noted by whoever hears its reasons: see wire-drops.ts.
    if (!ports.wire.send(to, bytes)) return
    ports.trace.note({ kind: 'sent', to, message: id, messageKind, bytes: bytes.length }, cause)
  }

  /** A disk that is full or not ours is weather. Any other trouble with the store ends the process at its boundary. */
  #write(work: (tx: StoreTx) => void): boolean {
    try {
      this.#parts.ports.store.transaction(work)
      return true
    } catch (error) {
      if (error instanceof StoreFailure && (error.code === 'disk-full' || error.code === 'no-permission')) return false
      throw error
    }
  }

  #loseDisk(cause: MessageId | null): void {
    this.#canWrite = false
    this.#ticksUntilProbe = pumpLimits.probeEveryTicks
    const output = this.#parts.core.step({ kind: 'cannot-write' })
    assert(output.persist === null, 'a core that cannot write has nothing to write')
    this.#perform(output, cause)
    this.#parts.onChange()
  }

  #regainDisk(): void {
    this.#canWrite = true
    this.#perform(this.#parts.core.step({ kind: 'can-write' }), null)
    this.#parts.onChange()
  }

  #probeWhenDue(): void {
    if (this.#canWrite) return
    this.#ticksUntilProbe -= 1
    if (this.#ticksUntilProbe > 0) return
    this.#ticksUntilProbe = pumpLimits.probeEveryTicks
    this.probe()
  }
}
