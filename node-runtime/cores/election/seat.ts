import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { ChoiceEnvelope, ChoiceNote, ChoiceOutput, ChoiceTiming, Phase, PhaseWhy } from './messages.ts'

/** Where a node stands in a choice and for how long, and what the present step wants done. Both elections move it. */
export class Seat<Message> {
  #phase: Phase = 'starting'
  #coordinator: NodeId | null = null
  #ticks = 0
  #messages: readonly ChoiceEnvelope<Message>[] = []
  #notes: ChoiceNote[] = []
  #anomaly: string | null = null
  /** Most steps are a tick in which nothing happens; they all give back this one value. */
  #quiet: ChoiceOutput<Message> = { messages: [], notes: [], anomaly: null, choice: null }

  get phase(): Phase {
    return this.#phase
  }

  /** Only a node that follows or coordinates has one. */
  get coordinator(): NodeId | null {
    return this.#coordinator
  }

  /** Since the phase began, or since the coordinator spoke. */
  get ticks(): number {
    return this.#ticks
  }

  tick(): void {
    this.#ticks += 1
  }

  /** The coordinator spoke, so patience begins anew. */
  renew(): void {
    this.#ticks = 0
  }

  move(to: Phase, why: PhaseWhy, coordinator: NodeId | null = null): void {
    assert((to === 'following' || to === 'coordinating') === (coordinator !== null), `${to} and its coordinator`)
    const afterTicks = this.#ticks
    this.#notes.push({ kind: 'phase-changed', from: this.#phase, to, why, coordinator, afterTicks })
    this.#phase = to
    this.#coordinator = coordinator
    this.#ticks = 0
  }

  send(to: NodeId, message: Message): void {
    this.sendAll([{ to, message }])
  }

  /** A list that is kept by its maker may be handed in again and again; it is never written to. */
  sendAll(envelopes: readonly ChoiceEnvelope<Message>[]): void {
    this.#messages = this.#messages.length === 0 ? envelopes : [...this.#messages, ...envelopes]
  }

  /** The first anomaly of a step is the one that explains the others. */
  anomaly(detail: string): void {
    this.#anomaly ??= detail
  }

  /** Hands over what the step wants done, and leaves nothing behind. */
  take(): ChoiceOutput<Message> {
    const choice = this.#coordinator
    if (this.#messages.length === 0 && this.#notes.length === 0 && this.#anomaly === null) {
      if (this.#quiet.choice !== choice) this.#quiet = { ...this.#quiet, choice }
      return this.#quiet
    }
    const output = { messages: this.#messages, notes: this.#notes, anomaly: this.#anomaly, choice }
    this.#messages = this.#quiet.messages
    this.#notes = []
    this.#anomaly = null
    return output
  }
}

export function assertTiming({ heartbeatTicks, silenceTicks, answerTicks, announceTicks }: ChoiceTiming): void {
  assert(heartbeatTicks >= 1 && heartbeatTicks < silenceTicks, 'a coordinator speaks before others lose patience')
  assert(answerTicks >= 1, 'an answer takes time')
  // A winner waits for answers before it announces itself: who is less patient would disturb it again and again.
  assert(announceTicks > answerTicks, 'an announcement takes longer than an answer')
}
