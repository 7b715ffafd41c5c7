import type { DropWhy } from '#contract/worker/trace'
import type { LamportClock } from '#cores/clocks/lamport'
import { assert } from '#kit/assert'
import { type MessageId, messageId, type NodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'
import type { Trace } from '#ports/trace'
import type { Wire } from '#ports/wire'
import { decodeEnvelope, type Envelope, encodeEnvelope } from './envelope.ts'
import { TraceBudget } from './trace-budget.ts'

/** A word of another node, out of its envelope. */
export interface Letter {
  readonly from: NodeId
  readonly kind: string
  /** Shares the memory of what the wire gave: whoever keeps it copies it. */
  readonly body: Uint8Array
  /** The id of this message, as the cause of all that follows from it; null for one that is not traced. */
  readonly cause: MessageId | null
}

export interface Word {
  readonly kind: string
  readonly body: Uint8Array
  readonly cause: MessageId | null
}

/** Says what became of a letter: null when it was taken. `malformed` is for a body that does not hold what it should. */
export type Reader = (letter: Letter) => DropWhy | null

export interface PostParts {
  readonly id: NodeId
  /** Which life of this node it is, counted on its disk: two lives must not give two messages one id. */
  readonly life: number
  readonly lamport: LamportClock
  readonly ports: { readonly wire: Wire; readonly trace: Trace; readonly clock: Pick<Clock, 'now'> }
}

const messagesPerLifeMax = 1_000_000_000
/** Numbers of messages can be counted with up to here. */
export const livesMax = 9_000_000

/** What goes out of a node gets its envelope here, what comes in loses it, and both are noted. */
export class Post {
  readonly #parts: PostParts
  readonly #readers = new Map<string, Reader>()
  readonly #budget: TraceBudget
  #isPaused = false
  #sent = 0
  #malformed = 0

  constructor(parts: PostParts) {
    assert(parts.life < livesMax, `life ${parts.life} of a node`)
    this.#parts = parts
    this.#budget = new TraceBudget(parts.ports.clock)
  }

  get life(): number {
    return this.#parts.life
  }

  /** How often a peer said what is no message. */
  get malformed(): number {
    return this.#malformed
  }

  /** Each kind has one reader. */
  read(kinds: readonly string[], reader: Reader): void {
    for (const kind of kinds) {
      assert(!this.#readers.has(kind), `messages of the kind ${kind} have a reader`)
      this.#readers.set(kind, reader)
    }
  }

  /** A node that is asleep hears nothing: what comes now is lost. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused
  }

  /** Bytes from another node, as the wire brings them. */
  receive(from: NodeId, bytes: Uint8Array): void {
    const { lamport, ports } = this.#parts
    const envelope = decodeEnvelope(bytes)
    const reader = envelope === null ? undefined : this.#readers.get(envelope.kind)
    if (envelope === null || reader === undefined) return this.#refuse(from, null, 'malformed')
    if (this.#isPaused) return this.#refuse(from, envelope, 'paused')
    const { kind, isTraced, body, cause } = envelope
    lamport.onReceive(envelope.lamport)
    const id = isTraced ? messageId(from, envelope.number) : null
    if (id !== null) {
      ports.trace.note({ kind: 'received', from, message: id, messageKind: kind, bytes: bytes.length }, cause)
    }
    const why = reader({ from, kind, body, cause: id })
    if (why !== null) this.#refuse(from, envelope, why)
  }

  /** What the wire drops, now or later, is noted by whoever hears its reasons: see wire-drops.ts. */
  send(to: NodeId, { kind, body, cause }: Word): boolean {
    const { id: self, life, lamport, ports } = this.#parts
    this.#sent = (this.#sent + 1) % messagesPerLifeMax
    const number = life * messagesPerLifeMax + this.#sent
    const isTraced = this.#budget.takes(to, kind)
    const bytes = encodeEnvelope({ number, kind, isTraced, lamport: lamport.beforeSend(), cause, body })
    if (!ports.wire.send(to, bytes)) return false
    if (!isTraced) return true
    const message = messageId(self, number)
    ports.trace.note({ kind: 'sent', to, message, messageKind: kind, bytes: bytes.length }, cause)
    return true
  }

  /** What was sent is on its way before this returns. */
  flush(): void {
    this.#parts.ports.wire.flush()
  }

  #refuse(from: NodeId, envelope: Envelope | null, why: DropWhy): void {
    if (why === 'malformed') this.#malformed += 1
    if (!this.#budget.takes(from, why)) return
    const isRead = envelope !== null && why !== 'malformed'
    const message = isRead ? messageId(from, envelope.number) : null
    const messageKind = isRead ? envelope.kind : null
    this.#parts.ports.trace.note({ kind: 'dropped', peer: from, message, messageKind, why }, envelope?.cause ?? null)
  }
}
