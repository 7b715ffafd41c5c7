import type { RecordedEvent, RecordingPage } from '#contract/window/recording'
import type { RecordingState } from '#contract/window/topology'
import type { ActiveFault } from '#contract/worker/faults'
import type { TraceEvent, TraceWhat } from '#contract/worker/trace'
import type { NodeId } from '#kit/ids'
import { Ring } from '#kit/ring'
import type { Stop } from '#kit/stop-stack'

export interface RecordingQuery {
  /** Only events before this position; null: the newest. */
  readonly before: number | null
  readonly limit: number
  readonly nodeId: NodeId | null
  readonly withMessages: boolean
}

export interface Recorder {
  page(query: RecordingQuery): RecordingPage
  /** Batches, at most ten a second. */
  onAppend(listener: (events: readonly RecordedEvent[]) => void): Stop
  noteAction(action: string, detail: string): void
}

export const recorderLimits = {
  /** Messages have a ring of their own: a busy minute must not push out who led and why. */
  messagesKeptMax: 20_000,
  othersKeptMax: 5_000,
  appendEveryMs: 100,
  /** Of more than that in one batch only the newest are told; the rest can be read as pages. */
  appendBatchMax: 2_000,
} as const

/** The lab's one recording: what every node noted, and what people did to them. */
export class LabRecording implements Recorder {
  readonly #messages = new Ring<RecordedEvent>(recorderLimits.messagesKeptMax)
  readonly #others = new Ring<RecordedEvent>(recorderLimits.othersKeptMax)
  readonly #listeners = new Set<(events: readonly RecordedEvent[]) => void>()
  #position = 0
  #labSequence = 0
  #droppedByNodes = 0
  #fresh: RecordedEvent[] = []
  #timer: NodeJS.Timeout | null = null

  get state(): RecordingState {
    return {
      kept: this.#messages.length + this.#others.length,
      keptMax: recorderLimits.messagesKeptMax + recorderLimits.othersKeptMax,
      forgotten: this.#messages.forgotten + this.#others.forgotten,
      droppedByNodes: this.#droppedByNodes,
    }
  }

  /** What a worker sent; `dropped` counts what it could not keep until then. */
  add(events: readonly TraceEvent[], dropped: number): void {
    this.#droppedByNodes += dropped
    for (const event of events) this.#keep(event)
  }

  noteAction(action: string, detail: string): void {
    this.#noteOfLab({ kind: 'action', action, detail })
  }

  noteFault(phase: 'began' | 'ended', { id, fault }: ActiveFault): void {
    this.#noteOfLab({ kind: 'fault', id, phase, fault }, id)
  }

  /** For what a worker cannot say itself: that it starts, ended or is left down. */
  noteOfNode(node: NodeId, what: TraceWhat): void {
    this.#labSequence += 1
    this.#keep({ sequence: this.#labSequence, node, lamport: 0, wallMs: Date.now(), cause: null, what })
  }

  page(query: RecordingQuery): RecordingPage {
    const found: RecordedEvent[] = []
    for (const event of this.#newestFirst(query.withMessages)) {
      if (query.before !== null && event.position >= query.before) continue
      if (query.nodeId !== null && event.node !== query.nodeId) continue
      if (found.length === query.limit) return { events: found.reverse(), hasOlder: true }
      found.push(event)
    }
    return { events: found.reverse(), hasOlder: false }
  }

  onAppend(listener: (events: readonly RecordedEvent[]) => void): Stop {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#listeners.clear()
  }

  #noteOfLab(what: TraceWhat, cause: string | null = null): void {
    this.#labSequence += 1
    this.#keep({ sequence: this.#labSequence, node: null, lamport: 0, wallMs: Date.now(), cause, what })
  }

  #keep(event: TraceEvent): void {
    this.#position += 1
    const recorded: RecordedEvent = { ...event, position: this.#position }
    if (isMessage(event.what)) this.#messages.push(recorded)
    else this.#others.push(recorded)
    if (this.#listeners.size === 0) return
    this.#fresh.push(recorded)
    this.#timer ??= setTimeout(() => this.#tell(), recorderLimits.appendEveryMs)
  }

  #tell(): void {
    this.#timer = null
    const events = this.#fresh.slice(-recorderLimits.appendBatchMax)
    this.#fresh = []
    for (const listener of this.#listeners) listener(events)
  }

  /** Both rings as one line, by position. */
  *#newestFirst(withMessages: boolean): Generator<RecordedEvent> {
    const messages = withMessages ? this.#messages.newestFirst() : emptyLine()
    const others = this.#others.newestFirst()
    let message = messages.next()
    let other = others.next()
    while (!message.done || !other.done) {
      if (other.done || (!message.done && message.value.position > other.value.position)) {
        if (message.done) return
        yield message.value
        message = messages.next()
      } else {
        yield other.value
        other = others.next()
      }
    }
  }
}

function* emptyLine(): Generator<RecordedEvent> {}

function isMessage(what: TraceWhat): boolean {
  return what.kind === 'sent' || what.kind === 'received' || what.kind === 'dropped'
}
