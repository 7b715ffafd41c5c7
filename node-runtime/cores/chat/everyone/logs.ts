import type { Entry, EveryoneLimits, LogId, Mark, Operation } from './messages.ts'

export type Taken =
  | { readonly kind: 'new' | 'had' }
  /** Something before it is missing. */
  | { readonly kind: 'gap' }
  /** Another one stands there. */
  | { readonly kind: 'other' }

/** What each life of each server has written, each from its beginning and without a gap: so one number says what is held of it. */
export class Logs {
  readonly #logs = new Map<LogId, Operation[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** By name, so that two servers that hold the same say the same. */
  get marks(): readonly Mark[] {
    const marks = [...this.#logs].map(([log, { length: upTo }]) => ({ log, upTo }))
    return marks.sort((one, other) => (one.log < other.log ? -1 : 1))
  }

  /** Nothing is known that was ever written there. */
  isNew(log: LogId): boolean {
    return this.upTo(log) === 0
  }

  upTo(log: LogId): number {
    return this.#logs.get(log)?.length ?? 0
  }

  take({ log, sequence, operation }: Entry): Taken {
    const operations = this.#logs.get(log) ?? []
    const had = operations[sequence - 1]
    if (had !== undefined) return { kind: isSame(had, operation) ? 'had' : 'other' }
    if (sequence !== operations.length + 1) return { kind: 'gap' }
    if (operations.length === 0) this.#logs.set(log, operations)
    operations.push(operation)
    this.#size += 1
    return { kind: 'new' }
  }

  /** What whoever has no more than these marks lacks, as much as one message takes. */
  lacking(marks: readonly Mark[], limits: Lot): { readonly entries: readonly Entry[]; readonly hasMore: boolean } {
    const [entries = [], more] = lotsOf(this.#after(marks), limits)
    return { entries, hasMore: more !== undefined }
  }

  /** Whether whoever has these marks has something that is not here. */
  lacks(marks: readonly Mark[]): boolean {
    return marks.some(({ log, upTo }) => upTo > this.upTo(log))
  }

  *#after(marks: readonly Mark[]): Generator<Entry> {
    const had = new Map(marks.map(({ log, upTo }) => [log, upTo]))
    for (const [log, operations] of this.#logs) {
      for (let sequence = (had.get(log) ?? 0) + 1; sequence <= operations.length; sequence += 1) {
        const operation = operations[sequence - 1]
        if (operation !== undefined) yield { log, sequence, operation }
      }
    }
  }
}

type Lot = Pick<EveryoneLimits, 'entriesPerMessageMax' | 'charsPerMessageMax'>

/** As much as one message takes, again and again; an entry that is larger goes alone. */
export function* lotsOf(entries: Iterable<Entry>, limits: Lot): Generator<readonly Entry[]> {
  let lot: Entry[] = []
  let chars = 0
  for (const entry of entries) {
    const more = charsOf(entry.operation)
    if (lot.length > 0 && (lot.length >= limits.entriesPerMessageMax || chars + more > limits.charsPerMessageMax)) {
      yield lot
      lot = []
      chars = 0
    }
    lot.push(entry)
    chars += more
  }
  if (lot.length > 0) yield lot
}

/** What is the same in all of them weighs as much as so many characters. */
const charsPerEntry = 100

function charsOf(operation: Operation): number {
  return charsPerEntry + ('text' in operation ? operation.text.length : 0)
}

function isSame(one: Operation, other: Operation): boolean {
  return one.id === other.id && one.clock === other.clock && one.origin === other.origin
}
