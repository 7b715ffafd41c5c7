import { fail, ok, type Result } from '#kit/result'
import { type Store, StoreFailure, type StoreTx } from '#ports/store'

export const oneTurnLimits = {
  /** Works that wait for the next transaction. Past that: busy. */
  waitingMax: 8_192,
  /** Of one transaction, so that none lasts. */
  perTransactionMax: 512,
} as const

interface Work<Input, Output> {
  readonly input: Input
  readonly done: (result: Result<Output>) => void
}

export interface OneTurnParts<Input, Output> {
  readonly store: Store
  readonly soon: (work: () => void) => void
  readonly step: (tx: StoreTx, inputs: readonly Input[]) => readonly Output[]
  /** Nothing of a transaction that failed has happened: what was kept of it in memory is to be forgotten. */
  readonly undone: () => void
}

/** What comes in one turn of the loop is one transaction, and so one wait for the disk; answers come after it. */
export class OneTurn<Input, Output> {
  readonly #parts: OneTurnParts<Input, Output>
  readonly #waiting: Work<Input, Output>[] = []
  #isDue = false
  #canWrite = true

  constructor(parts: OneTurnParts<Input, Output>) {
    this.#parts = parts
  }

  get canWrite(): boolean {
    return this.#canWrite
  }

  add(input: Input, done: (result: Result<Output>) => void): void {
    if (this.#waiting.length >= oneTurnLimits.waitingMax) {
      return this.#parts.soon(() => done(fail('busy', 'too much waits for the disk')))
    }
    this.#waiting.push({ input, done })
    this.#runSoon()
  }

  /** At once and not with the next work: a fault has to be seen. */
  probe(): void {
    this.#transact((tx) => tx.put('node', 'probe', new Uint8Array(1)))
  }

  #runSoon(): void {
    if (this.#isDue || this.#waiting.length === 0) return
    this.#isDue = true
    this.#parts.soon(() => {
      this.#isDue = false
      this.#run()
    })
  }

  #run(): void {
    const works = this.#waiting.splice(0, oneTurnLimits.perTransactionMax)
    const stepped = this.#transact((tx) =>
      this.#parts.step(
        tx,
        works.map(({ input }) => input),
      ),
    )
    if (!stepped.ok) this.#parts.undone()
    for (const [place, { done }] of works.entries()) {
      const output = stepped.ok ? stepped.value[place] : undefined
      done(stepped.ok ? (output === undefined ? nothing : ok(output)) : stepped)
    }
    this.#runSoon()
  }

  /** A disk that is full or forbidden changes nothing and is said; any other trouble ends the process. */
  #transact<T>(work: (tx: StoreTx) => T): Result<T> {
    let hasWritten = false
    const wrote = (): void => {
      hasWritten = true
    }
    try {
      const value = this.#parts.store.transaction((tx) => work(heeded(tx, wrote)))
      // A full disk takes a transaction that writes nothing, and that says nothing of it.
      if (hasWritten) this.#canWrite = true
      return ok(value)
    } catch (error) {
      if (!(error instanceof StoreFailure && (error.code === 'disk-full' || error.code === 'no-permission')))
        throw error
      this.#canWrite = false
      return fail(error.code, error.message)
    }
  }
}

function heeded(tx: StoreTx, wrote: () => void): StoreTx {
  return {
    get: (space, key) => tx.get(space, key),
    scan: (space, range) => tx.scan(space, range),
    put: (space, key, value) => {
      wrote()
      tx.put(space, key, value)
    },
    delete: (space, key) => {
      wrote()
      tx.delete(space, key)
    },
    deleteRange: (space, range) => {
      wrote()
      return tx.deleteRange(space, range)
    },
  }
}

const nothing = fail('internal', 'a step gave nothing for an input')
