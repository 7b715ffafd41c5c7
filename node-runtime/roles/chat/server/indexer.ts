import type { ChatEvent, DeedId, Message } from '#cores/chat/messages'
import { StoreFailure } from '#ports/store'
import { type IndexedText, type TextIndex, textIndexLimits } from '#ports/text-index'
import type { ChatState } from './chat-state.ts'
import { messagesSince } from './messages-since.ts'

export interface IndexerParts {
  readonly state: Pick<ChatState, 'look'>
  readonly texts: TextIndex
}

export const indexerLimits = {
  /** About twice a second, in a transaction of its own. */
  writeEveryTicks: 20,
  /** While more is left than one transaction takes and little happens: what a busy hour left is found soon after it. */
  catchUpEveryTicks: 2,
  /** So few events since the last regular write are little. */
  calmEventsMax: 200,
  /** So many are much: words wait for a quieter moment, because whoever speaks does not. */
  busyEventsMin: 1_000,
  textsWhileBusy: 100,
  /** Messages that wait to be written. Past that they are looked for when there is time. */
  waitingMax: 20_000,
  /** Of their texts: what waits beyond is looked for. */
  charsKept: 4 * 1024 * 1024,
  /** Looks into the state in one go while it is searched for what is missing. */
  looksAtOnce: 400,
  /** To take a text out of the index for good costs about half a millisecond, to put one in a hundredth. */
  weightOfChange: 25,
} as const

/**
 * Keeps the index of words beside the state: what happens is written a little later, in bounded pieces. What it was not
 * told of, because it was not there or because a snapshot leapt over it, it looks for in every conversation.
 */
export class Indexer {
  readonly #parts: IndexerParts
  /** With the text as it was said; null: it has to be looked for, because it may be another one by now. */
  readonly #waiting = new Map<DeedId, Message | null>()
  #chars = 0
  /** What happened and was not looked into yet. */
  readonly #told: (readonly ChatEvent[])[] = []
  #toldCount = 0
  #ticks = 0
  #eventsLately = 0
  /** The last piece was not all. */
  #isMoreLeft = false
  /** Of the last event that was told of; null: of none yet. */
  #seen: number | null = null
  /** Something is missing between what is in the index and what waits. True at first: nobody knows. */
  #isBehind = true
  #missing: Iterator<DeedId | null> | null = null

  constructor(parts: IndexerParts) {
    this.#parts = parts
  }

  /** Positions that are not in the index yet. */
  get lag(): number {
    const { state, texts } = this.#parts
    return Math.max(0, state.look({ kind: 'status' }).position - texts.upTo)
  }

  /** In order of positions, which follow one another. Looked into when there is time: not while the server is busy. */
  happened(events: readonly ChatEvent[]): void {
    const [first] = events
    const last = events.at(-1)
    if (first === undefined || last === undefined) return
    this.#eventsLately += events.length
    if (this.#seen !== null && first.position > this.#seen + 1) this.#isBehind = true
    this.#seen = last.position
    this.#told.push(events)
    this.#toldCount += events.length
    if (this.#waiting.size + this.#toldCount > indexerLimits.waitingMax) this.#isBehind = true
    if (this.#isBehind) this.#forget()
  }

  /** All of it is looked for. */
  #forget(): void {
    this.#told.length = 0
    this.#toldCount = 0
    this.#waiting.clear()
    this.#chars = 0
  }

  /** What happened, as far as one transaction may take it. */
  #lookAtTold(textsMax: number): void {
    let count = 0
    for (const events of this.#told) {
      if (this.#waiting.size >= textsMax) break
      count += 1
      this.#toldCount -= events.length
      for (const { what } of events) {
        if (what.kind === 'message') this.#wait(what.message)
        if (what.kind === 'edited' || what.kind === 'deleted') this.#waiting.set(what.message, null)
      }
    }
    this.#told.splice(0, count)
  }

  #wait(message: Message): void {
    const isKept = this.#chars + message.text.length <= indexerLimits.charsKept
    if (isKept) this.#chars += message.text.length
    this.#waiting.set(message.id, isKept ? message : null)
  }

  tick(): void {
    this.#ticks += 1
    const { writeEveryTicks, catchUpEveryTicks, calmEventsMax, busyEventsMin, textsWhileBusy } = indexerLimits
    const isDue = this.#ticks % writeEveryTicks === 0
    const isCalm = this.#eventsLately <= calmEventsMax
    const isAhead = this.#isMoreLeft && isCalm && this.#ticks % catchUpEveryTicks === 0
    if (!isDue && !isAhead) return
    const { textsPerWriteMax } = textIndexLimits
    const textsMax = this.#eventsLately >= busyEventsMin ? textsWhileBusy : textsPerWriteMax
    if (isDue) this.#eventsLately = 0
    try {
      this.#work(textsMax)
    } catch (error) {
      // The words wait for a disk that takes them; whoever stores messages says that it is full.
      if (!(error instanceof StoreFailure)) throw error
    }
  }

  #work(textsMax: number): void {
    const { state, texts } = this.#parts
    this.#isMoreLeft = false
    const { position } = state.look({ kind: 'status' })
    if (this.#seen !== null && position !== this.#seen) this.#isBehind = true
    this.#seen = position
    const { upTo } = texts
    if (this.#isBehind) {
      this.#missing = position > upTo ? messagesSince(state, upTo) : null
      this.#forget()
    }
    this.#isBehind = false
    this.#lookAtTold(textsMax)
    this.#lookForMissing(textsMax)
    if (this.#waiting.size === 0 && this.#missing === null && position <= upTo) return
    const { ids, texts: some } = this.#piece(upTo, textsMax)
    const isAll = this.#missing === null && this.#toldCount === 0 && ids.length === this.#waiting.size
    if (ids.length > 0 || isAll) texts.write(some, isAll ? Math.max(position, upTo) : upTo)
    this.#isMoreLeft = !isAll
    for (const id of ids) this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.#chars = 0
  }

  /** Of what waits, as much as one transaction may take. */
  #piece(upTo: number, textsMax: number): { readonly ids: readonly DeedId[]; readonly texts: readonly IndexedText[] } {
    const ids: DeedId[] = []
    const texts: IndexedText[] = []
    let weight = 0
    for (const [id, said] of this.#waiting) {
      if (weight >= textsMax || ids.length === textsMax) break
      ids.push(id)
      const message = said ?? this.#parts.state.look({ kind: 'message', as: null, message: id }).message
      if (message === null) continue
      const isChanged = message.isDeleted || message.editedAtMs !== null
      // It is there already.
      if (!isChanged && message.position <= upTo) continue
      weight += isChanged ? indexerLimits.weightOfChange : 1
      texts.push(textOf(message))
    }
    return { ids, texts }
  }

  #lookForMissing(textsMax: number): void {
    for (let looks = 0; this.#missing !== null && looks < indexerLimits.looksAtOnce; looks += 1) {
      if (this.#waiting.size >= textsMax) return
      const next = this.#missing.next()
      if (next.done === true) this.#missing = null
      else if (next.value !== null && !this.#waiting.has(next.value)) this.#waiting.set(next.value, null)
    }
  }
}

function textOf(message: Message): IndexedText {
  const { id, position: place, conversation: group, author, atMs, isDeleted, text } = message
  return { place, id, group, author, atMs, text: isDeleted ? null : text }
}
