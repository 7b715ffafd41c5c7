import type { NodeId } from '#kit/ids'
import type { HardState, RaftEnvelope, RaftMessage, RaftNote, RaftOutput } from './messages.ts'

/** Most steps are a tick in which nothing happens; they all give back this one value. */
const quiet: RaftOutput = Object.freeze({
  persist: null,
  messages: Object.freeze([]),
  notes: Object.freeze([]),
  anomaly: null,
})

/** Gathers what one step wants done. `take` hands it over and leaves nothing behind. */
export class StepOutput {
  #isQuiet = true
  #persist: HardState | null = null
  #messages: readonly RaftEnvelope[] = quiet.messages
  #notes: RaftNote[] = []
  #anomaly: string | null = null

  persist(hard: HardState): void {
    this.#isQuiet = false
    this.#persist = hard
  }

  send(to: NodeId, message: RaftMessage): void {
    this.sendAll([{ to, message }])
  }

  /** A list that is kept by its maker may be handed in again and again; it is never written to. */
  sendAll(envelopes: readonly RaftEnvelope[]): void {
    this.#isQuiet = false
    this.#messages = this.#messages.length === 0 ? envelopes : [...this.#messages, ...envelopes]
  }

  note(note: RaftNote): void {
    this.#isQuiet = false
    this.#notes.push(note)
  }

  /** The first anomaly of a step is the one that explains the others. */
  anomaly(detail: string): void {
    this.#isQuiet = false
    this.#anomaly ??= detail
  }

  take(): RaftOutput {
    if (this.#isQuiet) return quiet
    const output = { persist: this.#persist, messages: this.#messages, notes: this.#notes, anomaly: this.#anomaly }
    this.#isQuiet = true
    this.#persist = null
    this.#messages = quiet.messages
    this.#notes = []
    this.#anomaly = null
    return output
  }
}
