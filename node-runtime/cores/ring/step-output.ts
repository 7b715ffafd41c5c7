import type {
  AnswerTo,
  PeerId,
  RingMessage,
  RingNote,
  RingOutput,
  RingRecord,
  RingShout,
  TextMessage,
} from './messages.ts'

const none: readonly never[] = Object.freeze([])

/** Most steps are a tick in which nothing happens; they all give back this one value. */
const quiet: RingOutput = Object.freeze({
  messages: none,
  shouts: none,
  texts: none,
  discovers: false,
  invitations: none,
  records: none,
  said: none,
  notes: none,
  anomaly: null,
  hasMore: false,
  hasLeft: false,
})

/** Gathers what one step wants done. `take` hands it over and leaves nothing behind. */
export class StepOutput {
  #gathered = nothingYet()

  send(to: PeerId, message: RingMessage): void {
    this.#touched().messages.push({ to, message })
  }

  shout(shout: RingShout): void {
    this.#touched().shouts.push(shout)
  }

  /** In the text form, to a reference peer. */
  sendText(to: PeerId, message: TextMessage): void {
    this.#touched().texts.push({ to, message })
  }

  discover(): void {
    this.#touched().discovers = true
  }

  invite(to: AnswerTo, next: PeerId, leader: PeerId): void {
    this.#touched().invitations.push({ to, next, leader })
  }

  /** New in the history. */
  record(record: RingRecord): void {
    this.#touched().records.push(record)
  }

  said(said: { readonly ref: number; readonly uuid: string | null; readonly isFitted: boolean }): void {
    this.#touched().said.push(said)
  }

  note(note: RingNote): void {
    this.#touched().notes.push(note)
  }

  /** The first anomaly of a step is the one that explains the others. */
  anomaly(detail: string): void {
    this.#touched().anomaly ??= detail
  }

  /** There is work left that another step, without any input, goes on with. */
  goOn(): void {
    this.#touched().hasMore = true
  }

  leave(): void {
    this.#touched().hasLeft = true
  }

  take(): RingOutput {
    const gathered = this.#gathered
    if (!gathered.isTouched) return quiet
    this.#gathered = nothingYet()
    const { isTouched: _, ...output } = gathered
    return output
  }

  #touched(): Gathered {
    this.#gathered.isTouched = true
    return this.#gathered
  }
}

interface Gathered {
  isTouched: boolean
  readonly messages: { readonly to: PeerId; readonly message: RingMessage }[]
  readonly shouts: RingShout[]
  readonly texts: { readonly to: PeerId; readonly message: TextMessage }[]
  discovers: boolean
  readonly invitations: { readonly to: AnswerTo; readonly next: PeerId; readonly leader: PeerId }[]
  readonly records: RingRecord[]
  readonly said: { readonly ref: number; readonly uuid: string | null; readonly isFitted: boolean }[]
  readonly notes: RingNote[]
  anomaly: string | null
  hasMore: boolean
  hasLeft: boolean
}

function nothingYet(): Gathered {
  return {
    isTouched: false,
    messages: [],
    shouts: [],
    texts: [],
    discovers: false,
    invitations: [],
    records: [],
    said: [],
    notes: [],
    anomaly: null,
    hasMore: false,
    hasLeft: false,
  }
}
