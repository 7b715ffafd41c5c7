import type { NodeId } from '#kit/ids'
import type { Entry } from './entry.ts'
import type {
  Chunk,
  ChunkOrder,
  HardState,
  LogBase,
  LogEnd,
  RaftEnvelope,
  RaftNote,
  RaftOutput,
  RaftWords,
  RefusedWhy,
  SnapshotId,
} from './messages.ts'

const none: readonly never[] = Object.freeze([])

/** Most steps are a tick in which nothing happens; they all give back this one value. */
const quiet: RaftOutput = Object.freeze({
  persist: null,
  messages: none,
  goesAhead: false,
  chunksWanted: none,
  committed: none,
  hasMore: false,
  accepted: none,
  refused: none,
  reads: none,
  isDisowned: false,
  notes: none,
  anomaly: null,
})

/** Gathers what one step wants done. `take` hands it over and leaves nothing behind. */
export class StepOutput {
  readonly #incarnation: number
  #gathered = nothingYet()

  constructor(incarnation: number) {
    this.#incarnation = incarnation
  }

  persistHard(hard: HardState): void {
    this.#gathered.hard = hard
  }

  persistBase(base: LogBase): void {
    this.#gathered.base = base
  }

  /** With its last chunk the snapshot says what the log begins after; whatever was to be said before is overtaken. */
  persistChunk(snapshot: SnapshotId, chunk: Chunk): void {
    this.#gathered.chunks.push({ snapshot, chunk })
    if (chunk.isLast) this.#gathered.base = null
  }

  /** The last chunk of a snapshot came in this step. */
  get isInstalling(): boolean {
    return this.#gathered.chunks.at(-1)?.chunk.isLast ?? false
  }

  /** Chunks that came in the same step go with it. */
  dropIncoming(): void {
    this.#gathered.dropsIncoming = true
    this.#gathered.chunks = []
  }

  send(to: NodeId, words: RaftWords): void {
    this.#gathered.messages.push({ to, message: { ...words, incarnation: this.#incarnation } })
  }

  order(order: ChunkOrder): void {
    this.#gathered.chunksWanted.push(order)
  }

  accept(ref: number, end: LogEnd): void {
    this.#gathered.accepted.push({ ref, end })
  }

  refuse(ref: number, why: RefusedWhy): void {
    this.#gathered.refused.push({ ref, why })
  }

  answerRead(ref: number, index: number): void {
    this.#gathered.reads.push({ ref, index })
  }

  disown(): void {
    this.#gathered.isDisowned = true
  }

  note(note: RaftNote): void {
    this.#gathered.notes.push(note)
  }

  /** The first anomaly of a step is the one that explains the others. */
  anomaly(detail: string): void {
    this.#gathered.anomaly ??= detail
  }

  /** `isOpen`: what is new in the log is a leader's own, and none of it is committed. */
  take(
    unsaved: readonly Entry[],
    committed: { readonly entries: readonly Entry[]; readonly hasMore: boolean },
    isOpen: boolean,
  ): RaftOutput {
    const gathered = this.#gathered
    const hasToPersist = unsaved.length > 0 || mustPersist(gathered)
    if (!hasToPersist && committed.entries.length === 0 && isQuiet(gathered)) return quiet
    this.#gathered = nothingYet()
    const { hard, base, chunks, dropsIncoming, messages, notes } = gathered
    const { accepted, refused, reads, chunksWanted, isDisowned, anomaly } = gathered
    const persist = hasToPersist ? { hard, base, chunks, dropsIncoming, entries: unsaved } : null
    const { entries, hasMore } = committed
    // Who hears of a decision of this step finds it on this node's disk; entries that wait for their majority are none.
    const goesAhead = isOpen && unsaved.length > 0 && !mustPersist(gathered) && notes.length === 0
    // Field by field and not by copying, because this is done for every message that a node gets.
    return {
      persist,
      notes,
      messages,
      goesAhead,
      committed: entries,
      hasMore,
      accepted,
      refused,
      reads,
      chunksWanted,
      isDisowned,
      anomaly,
    }
  }
}

function mustPersist({ hard, base, chunks, dropsIncoming }: Gathered): boolean {
  return hard !== null || base !== null || chunks.length > 0 || dropsIncoming
}

function isQuiet(gathered: Gathered): boolean {
  const { messages, notes, chunksWanted, accepted, refused, reads, isDisowned, anomaly } = gathered
  if (messages.length > 0 || notes.length > 0 || isDisowned || anomaly !== null) return false
  return chunksWanted.length + accepted.length + refused.length + reads.length === 0
}

interface Gathered {
  hard: HardState | null
  base: LogBase | null
  chunks: { readonly snapshot: SnapshotId; readonly chunk: Chunk }[]
  dropsIncoming: boolean
  readonly messages: RaftEnvelope[]
  readonly chunksWanted: ChunkOrder[]
  readonly accepted: { readonly ref: number; readonly end: LogEnd }[]
  readonly refused: { readonly ref: number; readonly why: RefusedWhy }[]
  readonly reads: { readonly ref: number; readonly index: number }[]
  isDisowned: boolean
  readonly notes: RaftNote[]
  anomaly: string | null
}

function nothingYet(): Gathered {
  return {
    hard: null,
    base: null,
    chunks: [],
    dropsIncoming: false,
    messages: [],
    chunksWanted: [],
    accepted: [],
    refused: [],
    reads: [],
    isDisowned: false,
    notes: [],
    anomaly: null,
  }
}
