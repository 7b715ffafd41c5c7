import { type FileHash, hashFile } from './hash-file.ts'
import type { HashJob, HashNews, HashOutcome, ToWorker } from './messages.ts'
import { PiecesAhead } from './pieces-ahead.ts'

/** News are gathered this long, so that ten thousand small files are not ten thousand redraws. */
export const newsEveryMs = 100

/** Small files are read before it is their turn: a thousand times waiting for one costs more than hashing all of them. */
export const aheadLimits = { files: 8, bytesOfFile: 1024 * 1024 } as const

interface QueueParts {
  readonly hash: Promise<FileHash>
  nowMs(): number
  tell(news: HashNews): void
}

/** One file after the other, in the order in which they came; the page keeps it short. Lives in the worker. */
export class HashQueue {
  readonly #parts: QueueParts
  readonly #jobs: HashJob[] = []
  readonly #left = new Set<string>()
  readonly #readAhead = new Map<string, PiecesAhead>()
  #finished: HashOutcome[] = []
  #progress: HashNews['progress'] = null
  #toldAtMs = 0
  #isAtWork = false
  #hold: { readonly over: Promise<void>; end(): void } | null = null

  constructor(parts: QueueParts) {
    this.#parts = parts
  }

  async hear(message: ToWorker): Promise<void> {
    if (message.kind === 'hold') return this.#setHold(message.isHeld)
    if (message.kind === 'leave') {
      for (const key of message.keys) this.#left.add(key)
      return
    }
    this.#jobs.push(...message.jobs)
    if (this.#isAtWork) return
    this.#isAtWork = true
    await this.#work()
    this.#isAtWork = false
  }

  async #work(): Promise<void> {
    for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift()) {
      const pieces = this.#begin(job)
      const outcome = await this.#hash(job, pieces)
      this.#left.delete(job.key)
      this.#progress = null
      this.#finished.push(outcome)
      if (this.#jobs.length === 0) this.#tell()
      else this.#tellInTime()
    }
  }

  #begin({ key, file }: HashJob): PiecesAhead {
    const pieces = this.#readAhead.get(key) ?? new PiecesAhead(file)
    this.#readAhead.delete(key)
    for (const next of this.#jobs.slice(0, aheadLimits.files)) {
      if (next.file.size > aheadLimits.bytesOfFile || this.#readAhead.has(next.key)) continue
      this.#readAhead.set(next.key, new PiecesAhead(next.file))
    }
    return pieces
  }

  async #hash({ key }: HashJob, pieces: PiecesAhead): Promise<HashOutcome> {
    if (this.#left.has(key)) return { key, sha256: null }
    const afterPiece = async (bytes: number): Promise<boolean> => {
      this.#progress = { key, bytes }
      this.#tellInTime()
      if (this.#hold !== null) {
        this.#tell()
        await this.#hold.over
      }
      return !this.#left.has(key)
    }
    try {
      return { key, sha256: await hashFile(await this.#parts.hash, pieces, { afterPiece }) }
    } catch {
      return { key, sha256: null } // what cannot be read any more is told as such
    }
  }

  #setHold(isHeld: boolean): void {
    if (isHeld === (this.#hold !== null)) return
    this.#hold?.end()
    if (!isHeld) {
      this.#hold = null
      return
    }
    const { promise, resolve } = turned()
    this.#hold = { over: promise, end: resolve }
  }

  #tellInTime(): void {
    if (this.#parts.nowMs() - this.#toldAtMs >= newsEveryMs) this.#tell()
  }

  #tell(): void {
    this.#toldAtMs = this.#parts.nowMs()
    this.#parts.tell({ progress: this.#progress, finished: this.#finished })
    this.#finished = []
  }
}

function turned(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
