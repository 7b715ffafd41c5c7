import type { LinkRules } from '#contract/worker/faults'
import type { DropWhy } from '#contract/worker/trace'
import type { PeerLinkView } from '#contract/worker/view'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Clock } from '#ports/clock'
import { wireLimits } from '#ports/wire'
import type { Stamp } from './frames.ts'
import { HeldBack } from './held-back.ts'
import { type Fate, fateOf } from './link-faults.ts'
import { Outbox, type Parcel } from './outbox.ts'
import { Pulse } from './pulse.ts'

/** A message that went no further than this node. Its bytes are given where they are still at hand. */
export interface WireDrop {
  /** null: nobody we know. */
  readonly peer: NodeId | null
  readonly why: DropWhy
  readonly bytes: Uint8Array | null
}

/** A connection that stands. */
export interface Carriage {
  /** Of each only one send may be under way. */
  send(frame: Buffer): Promise<void>
  readonly closed: boolean
}

/** Whatever keeps a way to one peer open. */
export interface Carrier {
  readonly socket: Carriage | null
  /** Whether what is sent now goes out at once or may wait for a connection that is being made. */
  reach(): boolean
  close(): void
}

export interface CarrierEvents {
  readonly connected: () => void
  readonly lost: () => void
}

export interface LinkOptions<C extends Carrier> {
  readonly peer: NodeId
  readonly clock: Clock
  readonly random: Random
  readonly life: number
  readonly onDrop: (drop: WireDrop) => void
  readonly openCarrier: (on: CarrierEvents) => C
}

/** One peer: what goes out to it, and what is known of the way there and back. */
export class Link<C extends Carrier> {
  readonly carrier: C
  readonly #options: LinkOptions<C>
  readonly #clock: Clock
  readonly #outbox = new Outbox()
  readonly #heldBack: HeldBack<Parcel>
  readonly #pulse: Pulse
  #rules: LinkRules | null = null
  /** The connection that is being written to. */
  #flushing: Carriage | null = null
  /** The connection that is written to when this turn ends, unless somebody flushes before. */
  #dueOn: Carriage | null = null
  #isQuiet = true
  #sentCount = 0
  #sentBytes = 0
  #receivedCount = 0
  #receivedBytes = 0
  #droppedCount = 0

  constructor(options: LinkOptions<C>) {
    this.#options = options
    this.#clock = options.clock
    this.#pulse = new Pulse(options.life)
    this.#heldBack = new HeldBack(options.clock, (parcel) => {
      this.#outbox.unhold(parcel)
      this.#enqueue(parcel)
    })
    this.carrier = options.openCarrier({ connected: () => this.#connected(), lost: () => this.#forgetWaiting() })
  }

  get view(): PeerLinkView {
    const { heardMs, latencyMs } = this.#pulse
    return {
      peer: this.#options.peer,
      isConnected: this.carrier.socket !== null,
      sentCount: this.#sentCount,
      sentBytes: this.#sentBytes,
      receivedCount: this.#receivedCount,
      receivedBytes: this.#receivedBytes,
      droppedCount: this.#droppedCount,
      latencyMs,
      heardMsAgo: heardMs === null ? null : this.#clock.now() - heardMs,
    }
  }

  setRules(rules: LinkRules | null): void {
    this.#rules = rules
  }

  send(bytes: Uint8Array): boolean {
    if (bytes.byteLength > wireLimits.messageBytesMax) return this.drop('too-large', bytes)
    const fate = fateOf(this.#rules, this.#options.random)
    if (fate.kind === 'dropped') return this.drop(fate.why, bytes)
    if (!this.carrier.reach()) return this.drop('not-connected', bytes)
    if (!this.#outbox.hasRoomFor(fate.delaysMs.length, bytes.byteLength)) return this.drop('queue-full', bytes)
    this.#post(bytes, fate)
    this.#isQuiet = false
    return true
  }

  /** Nothing waits for the end of the turn any more. */
  flush(): void {
    const socket = this.#dueOn
    if (socket === null) return
    this.#dueOn = null
    void this.#flush(socket)
  }

  /** Called at intervals. A quiet link says a bare stamp, which suffers the faults of the link as a message would. */
  pulse(): void {
    const wasQuiet = this.#isQuiet
    this.#isQuiet = true
    if (!wasQuiet || this.carrier.socket === null || !this.#outbox.isEmpty) return
    const fate = fateOf(this.#rules, this.#options.random)
    if (fate.kind === 'sent') this.#post(null, fate)
  }

  received(stamp: Stamp, messages: readonly Uint8Array[]): void {
    this.#pulse.heard(stamp, this.#clock.now())
    this.#receivedCount += messages.length
    for (const message of messages) this.#receivedBytes += message.byteLength
  }

  drop(why: DropWhy, bytes: Uint8Array | null): false {
    this.#droppedCount += 1
    this.#options.onDrop({ peer: this.#options.peer, why, bytes })
    return false
  }

  close(): void {
    this.#heldBack.clear()
    this.#outbox.clear()
    this.carrier.close()
  }

  #post(bytes: Uint8Array | null, fate: Extract<Fate, { kind: 'sent' }>): void {
    for (const delayMs of fate.delaysMs) {
      // What is held back already must not be overtaken when a pure delay has just been lifted.
      if (delayMs === 0 && this.#heldBack.isEmpty) {
        this.#enqueue({ bytes, stamp: null })
        continue
      }
      const parcel = { bytes, stamp: this.#pulse.stamp(this.#clock.now()) }
      this.#outbox.hold(parcel)
      this.#heldBack.hold(parcel, delayMs, (this.#rules?.jitterMs ?? 0) === 0)
    }
  }

  #enqueue(parcel: Parcel): void {
    this.#outbox.add(parcel)
    if (this.carrier.reach()) this.#flushSoon()
  }

  #connected(): void {
    this.pulse()
    if (this.#outbox.hasNext) this.#flushSoon()
  }

  #flushSoon(): void {
    const socket = this.carrier.socket
    if (socket === null || this.#flushing === socket) return
    this.#flushing = socket
    this.#dueOn = socket
    // After this turn, so that all that one step of a protocol says to a peer leaves in one batch.
    queueMicrotask(() => this.flush())
  }

  async #flush(socket: Carriage): Promise<void> {
    while (this.#outbox.hasNext && this.carrier.socket === socket) {
      const batch = this.#outbox.take(() => this.#pulse.stamp(this.#clock.now()))
      this.#sentCount += batch.messages
      this.#sentBytes += batch.bytes
      try {
        await socket.send(batch.frame)
      } catch (error) {
        // The peer went in mid-send. The dial opens the next connection; what was under way is lost, as on any network.
        if (!socket.closed) throw error
      }
    }
    if (this.#flushing === socket) this.#flushing = null
  }

  /** Of what was meant for the life of a peer that is over, nothing reaches its next one. */
  #forgetWaiting(): void {
    const held = this.#heldBack.clear()
    for (const parcel of held) this.#outbox.unhold(parcel)
    for (const { bytes } of [...this.#outbox.clear(), ...held]) if (bytes !== null) this.drop('not-connected', bytes)
  }
}
