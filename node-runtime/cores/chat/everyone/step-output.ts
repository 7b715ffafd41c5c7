import type { NodeId } from '#kit/ids'
import type {
  Entry,
  EveryoneAnswer,
  EveryoneMessage,
  EveryoneNote,
  EveryoneOutcome,
  EveryoneOutput,
} from './messages.ts'

const none: readonly never[] = Object.freeze([])

/** Most steps are a tick in which nothing happens; they all give back this one value. */
const quiet: EveryoneOutput = Object.freeze({
  entries: none,
  messages: none,
  answers: none,
  notes: none,
  anomaly: null,
  hasMore: false,
})

/** Gathers what one step wants done. `take` hands it over and leaves nothing behind. */
export class StepOutput {
  #entries: Entry[] = []
  #messages: { readonly to: NodeId; readonly message: EveryoneMessage }[] = []
  #answers: EveryoneAnswer[] = []
  #notes: EveryoneNote[] = []
  #anomaly: string | null = null
  #isTouched = false

  entry(entry: Entry): void {
    this.#isTouched = true
    this.#entries.push(entry)
  }

  send(to: NodeId, message: EveryoneMessage): void {
    this.#isTouched = true
    this.#messages.push({ to, message })
  }

  answer(ref: number, outcome: EveryoneOutcome): void {
    this.#isTouched = true
    this.#answers.push({ ref, outcome })
  }

  note(note: EveryoneNote): void {
    this.#isTouched = true
    this.#notes.push(note)
  }

  /** The first anomaly of a step is the one that explains the others. */
  anomaly(detail: string): void {
    this.#isTouched = true
    this.#anomaly ??= detail
  }

  take(): EveryoneOutput {
    if (!this.#isTouched) return quiet
    const [entries, messages] = [this.#entries, this.#messages]
    const output = { entries, messages, answers: this.#answers, notes: this.#notes, anomaly: this.#anomaly }
    this.#entries = []
    this.#messages = []
    this.#answers = []
    this.#notes = []
    this.#anomaly = null
    this.#isTouched = false
    return { ...output, hasMore: false }
  }
}
