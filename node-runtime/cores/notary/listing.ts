import { notaryLimits } from './messages.ts'

/** Records for one answer: no more than asked for, and no more than an answer can hold. */
export class Listing {
  readonly #limit: number
  readonly #records: Uint8Array[] = []
  #bytes = 0
  #isFull: boolean

  constructor(limit: number) {
    this.#limit = Math.min(limit, notaryLimits.recordsPerAnswerMax)
    this.#isFull = this.#limit === 0
  }

  get records(): readonly Uint8Array[] {
    return this.#records
  }

  get isFull(): boolean {
    return this.#isFull
  }

  /** false: it was full, and this one is for the next answer. One always fits. */
  add(record: Uint8Array): boolean {
    const bytes = this.#bytes + record.length + overheadBytes
    if (this.#records.length > 0 && bytes > bytesMax) this.#isFull = true
    if (this.#isFull) return false
    this.#bytes = bytes
    this.#records.push(record)
    this.#isFull = this.#records.length === this.#limit
    return true
  }
}

const overheadBytes = 8
/** Room for what stands around the records. */
const bytesMax = notaryLimits.answerBytesMax - 1_024
