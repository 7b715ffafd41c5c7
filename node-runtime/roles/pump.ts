import type { TraceWhat } from '#contract/worker/trace'
import { assert } from '#kit/assert'
import type { MessageId, NodeId } from '#kit/ids'
import { type Store, StoreFailure, type StoreTx } from '#ports/store'
import type { Trace } from '#ports/trace'
import type { Post } from './post.ts'

/** What every core that is driven by a pump understands, beside inputs of its own. */
export type CommonInput = { readonly kind: 'tick' } | { readonly kind: 'cannot-write' } | { readonly kind: 'can-write' }

/** What every output has. What else is in it, the engine performs in `finish`. */
export interface CommonOutput<Message, Note> {
  readonly messages: readonly { readonly to: NodeId; readonly message: Message }[]
  readonly notes: readonly Note[]
  readonly anomaly: string | null
  /** There is more to come without any further input. */
  readonly hasMore: boolean
}

/** A core and what belongs to it, as the pump drives them. */
export interface Engine<Input, Message, Note, Output extends CommonOutput<Message, Note>> {
  /** All that waited, as one step with one output. */
  step(inputs: readonly (Input | CommonInput)[]): Output
  /** Nothing of the output may be heard of before it is on the disk. */
  mustSave(output: Output): boolean
  /** All that the output says may be heard of before all the same. Once it is said it cannot be taken back. */
  speaksFirst(output: Output): boolean
  /** There is something to be written that nobody waits for. */
  wantsToSave(): boolean
  save(tx: StoreTx, output: Output): void
  /** The transaction of `save` has returned. */
  saved(): void
  /** It can wait a tick, and whatever is said to the same node meanwhile says it as well. */
  mayWait(message: Message): boolean
  encode(message: Message): Uint8Array
  describe(note: Note): TraceWhat
  /** Applies and answers: the last part of an output. Gives back what the core has to hear first in the next step. */
  finish(output: Output): readonly Input[]
  /** The disk refused, so the last output has not happened: all begins again from what the disk has. */
  restart(): void
}

export interface PumpParts<Input, Message, Note, Output extends CommonOutput<Message, Note>> {
  readonly engine: Engine<Input, Message, Note, Output>
  readonly post: Post
  readonly ports: {
    readonly store: Store
    readonly trace: Trace
    /** Runs work after the present callback, once. The simulator and the tests hand in their own. */
    soon(work: () => void): void
  }
  readonly onChange: () => void
}

/** The message that is an input, as the cause of what follows from it. */
export interface Cause {
  readonly from: NodeId
  readonly kind: string
  readonly message: MessageId
}

/** What is known of an input that comes from outside. */
export interface Arrival {
  readonly bytes: number
  readonly cause: Cause | null
  /** It is for a node that is awake; one that falls asleep loses it. */
  readonly isPassing: boolean
}

/** What a node shows of its pump. */
export interface PumpState {
  readonly inboxLength: number
  readonly isPaused: boolean
  readonly canWrite: boolean
  /** How often a peer broke the protocol in what it said. */
  readonly anomalies: number
}

interface Arrived<Input> extends Arrival {
  readonly input: Input | CommonInput
}

interface Waiting<Message> {
  readonly message: Message
  readonly cause: MessageId | null
}

export const pumpLimits = {
  /** What waits for the core. A slow disk fills it; a healthy node has no more than its clients have under way. */
  inboxMax: 8_192,
  inboxBytesMax: 32 * 1024 * 1024,
  /** What goes into one step. More would make one transaction long; the rest has the next one. */
  stepInputsMax: 2_048,
  stepBytesMax: 2 * 1024 * 1024,
  /** How long a node that cannot write waits before it tries again. */
  probeEveryTicks: 40,
} as const

const fromItself: Arrival = { bytes: 0, cause: null, isPassing: false }

/**
 * The only loop of a node. What arrives waits in the inbox; all that waits is one step, and its output is performed
 * whole, in one order, before the next:
 * 1. durable: nobody hears of a vote or an entry that is not on the disk, unless the engine says that it may;
 * 2. noted, then sent: the notes come first, so that in the trace a decision stands before the messages it led to. What
 *    may wait does, until the next tick: it would wake its receiver while others work on what somebody waits for;
 * 3. applied, then answered; 4. shown.
 * What the disk refused has not happened: nothing else of the output does, but for what was said first, and the engine
 * begins again from the disk.
 */
export class Pump<Input, Message extends { readonly kind: string }, Note, Output extends CommonOutput<Message, Note>>
  implements PumpState
{
  readonly #parts: PumpParts<Input, Message, Note, Output>
  #inbox: Arrived<Input>[] = []
  #inboxBytes = 0
  /** Comes before everything in the inbox, and is bounded by what one output can ask for. */
  #first: readonly Input[] = []
  /** Of each node the last word that may wait. */
  readonly #waiting = new Map<NodeId, Waiting<Message>>()
  #isWaitOver = false
  #isDrainDue = false
  #isPaused = false
  #isStopped = false
  #canWrite = true
  #ticksUntilProbe = 0
  #anomalies = 0

  constructor(parts: PumpParts<Input, Message, Note, Output>) {
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

  get anomalies(): number {
    return this.#anomalies
  }

  tick(): void {
    if (this.#isPaused) return
    this.#probeWhenDue()
    this.#isWaitOver = true
    this.#put({ input: { kind: 'tick' }, ...fromItself })
  }

  /** False when full. A node that cannot keep up must look slow to others, not grow until the machine dies. */
  offer(input: Input, arrival: Arrival = fromItself): boolean {
    if (this.#inbox.length >= pumpLimits.inboxMax) return false
    // A single one that is larger than the inbox gets in when nothing else is there.
    const isFull = this.#inboxBytes > 0 && this.#inboxBytes + arrival.bytes > pumpLimits.inboxBytesMax
    if (isFull || this.#isStopped) return false
    const { bytes, cause, isPassing } = arrival
    this.#put({ input, bytes, cause, isPassing })
    return true
  }

  /** A paused node is asleep: it does not tick, and what had come from others is as lost as what comes now. */
  pause(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return
    this.#isPaused = isPaused
    if (isPaused) this.#setInbox(this.#inbox.filter((arrived) => !arrived.isPassing))
    else this.#drainSoon()
    this.#parts.onChange()
  }

  stop(): void {
    this.#isStopped = true
    this.#setInbox([])
  }

  /** Finds out whether the disk takes a write, and tells the core when that has changed. */
  probe(): void {
    const canWrite = this.#write((tx) => tx.put('node', 'probe', new Uint8Array(1)))
    if (canWrite === this.#canWrite) return
    if (!canWrite) return this.#loseDisk()
    this.#canWrite = true
    this.#put({ input: { kind: 'can-write' }, ...fromItself })
    this.#parts.onChange()
  }

  #put(arrived: Arrived<Input>): void {
    if (this.#isStopped) return
    this.#inbox.push(arrived)
    this.#inboxBytes += arrived.bytes
    this.#drainSoon()
  }

  #setInbox(inbox: Arrived<Input>[]): void {
    this.#inbox = inbox
    this.#inboxBytes = inbox.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  #drainSoon(): void {
    if (this.#isDrainDue) return
    this.#isDrainDue = true
    this.#parts.ports.soon(() => this.#drain())
  }

  /** One step. What is left has its own turn, so that the wire and commands from the pipe get in between. */
  #drain(): void {
    this.#isDrainDue = false
    if (this.#isStopped || this.#isPaused) return
    const inputs: (Input | CommonInput)[] = [...this.#first]
    const causes: Cause[] = []
    this.#first = []
    for (const { input, cause } of this.#take()) {
      inputs.push(input)
      if (cause !== null) causes.push(cause)
    }
    const hasMore = this.#perform(this.#parts.engine.step(inputs), causes)
    if (hasMore || this.#first.length + this.#inbox.length > 0) this.#drainSoon()
    this.#parts.onChange()
  }

  #take(): readonly Arrived<Input>[] {
    let count = 0
    let bytes = 0
    for (const arrived of this.#inbox) {
      if (count === pumpLimits.stepInputsMax) break
      if (count > 0 && bytes + arrived.bytes > pumpLimits.stepBytesMax) break
      count += 1
      bytes += arrived.bytes
    }
    this.#inboxBytes -= bytes
    return this.#inbox.splice(0, count)
  }

  #perform(output: Output, causes: readonly Cause[]): boolean {
    const { engine } = this.#parts
    const isSaidFirst = engine.speaksFirst(output)
    // The write holds this thread, and meanwhile the peers can write as well.
    if (isSaidFirst) this.#say(output, causes)
    const isSaved = engine.mustSave(output) || (this.#canWrite && engine.wantsToSave())
    if (isSaved) {
      if (!this.#write((tx) => engine.save(tx, output))) {
        this.#loseDisk()
        return false
      }
      engine.saved()
    }
    if (!isSaidFirst) this.#say(output, causes)
    this.#first = [...this.#first, ...engine.finish(output)]
    return output.hasMore
  }

  #say(output: Output, causes: readonly Cause[]): void {
    const { engine, post, ports } = this.#parts
    const cause = causes.at(-1)?.message ?? null
    for (const note of output.notes) ports.trace.note(engine.describe(note), cause)
    if (output.anomaly !== null) {
      this.#anomalies += 1
      ports.trace.note({ kind: 'anomaly', detail: output.anomaly }, cause)
    }
    for (const { to, message } of output.messages) {
      const said = { message, cause: causeOf({ to, message }, causes) }
      if (engine.mayWait(message)) this.#waiting.set(to, said)
      else this.#send(to, said)
    }
    if (this.#isWaitOver) for (const [to, said] of this.#waiting) this.#send(to, said)
    this.#isWaitOver = false
    // To apply what is committed holds this thread as well.
    if (output.messages.length > 0) post.flush()
  }

  #send(to: NodeId, { message, cause }: Waiting<Message>): void {
    const { engine, post } = this.#parts
    this.#waiting.delete(to)
    post.send(to, { kind: message.kind, body: engine.encode(message), cause })
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

  /** What the old core had wanted to know goes with it; the new one hears of the disk before anything else. */
  #loseDisk(): void {
    const { engine } = this.#parts
    this.#canWrite = false
    this.#ticksUntilProbe = pumpLimits.probeEveryTicks
    this.#first = []
    engine.restart()
    const output = engine.step([{ kind: 'cannot-write' }])
    assert(!engine.mustSave(output), 'a core that cannot write has nothing to write')
    if (this.#perform(output, [])) this.#drainSoon()
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

/**
 * Of all that went into a step, what a message most likely answers: the last word of that node that begins as it does
 * (`append-answer` answers `append`), else the last that came from anybody.
 */
function causeOf<Message extends { readonly kind: string }>(
  { to, message }: { readonly to: NodeId; readonly message: Message },
  causes: readonly Cause[],
): MessageId | null {
  if (causes.length === 0) return null
  const word = firstWord(message.kind)
  const asked = causes.findLast(({ from, kind }) => from === to && firstWord(kind) === word)
  return (asked ?? causes.at(-1))?.message ?? null
}

function firstWord(kind: string): string {
  const end = kind.indexOf('-')
  return end === -1 ? kind : kind.slice(0, end)
}
