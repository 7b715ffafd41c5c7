import type { HashJob, HashNews, ToWorker } from './messages.ts'

/** So many documents are handed to the worker at a time; the others wait here, where they can be left at once. */
export const jobsAtWorkerMax = 64
/** And so many in one go: the page waits while they are handed over, and draws between. */
export const jobsPerMessageMax = 16

/** The page's end of the worker. A test hands in its own. */
export interface HashPort {
  post(message: ToWorker): void
  close(): void
}

export interface Hasher {
  add(jobs: readonly HashJob[]): void
  leave(keys: readonly string[]): void
  hold(isHeld: boolean): void
  /** Ends the worker; whoever adds again begins another. */
  close(): void
}

export interface HasherParts {
  /** Begins a worker. `broke`: it has died, and says nothing more. */
  open(hear: (news: HashNews) => void, broke: () => void): HashPort
  onNews(news: HashNews): void
  /** After what waits has had its turn. */
  soon(work: () => void): void
}

/** Files wait here as what they are, handles: nothing of them is in memory before it is their turn. */
export class QueuedHasher implements Hasher {
  readonly #parts: HasherParts
  readonly #waiting = new Map<string, HashJob>()
  readonly #atWorker = new Set<string>()
  #port: HashPort | null = null
  #isHeld = false
  #isFeeding = false

  constructor(parts: HasherParts) {
    this.#parts = parts
  }

  add(jobs: readonly HashJob[]): void {
    for (const job of jobs) this.#waiting.set(job.key, job)
    this.#feed()
  }

  leave(keys: readonly string[]): void {
    const started = keys.filter((key) => !this.#waiting.delete(key) && this.#atWorker.has(key))
    if (started.length > 0) this.#port?.post({ kind: 'leave', keys: started })
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    this.#port?.post({ kind: 'hold', isHeld })
    this.#feed()
  }

  close(): void {
    this.#waiting.clear()
    this.#atWorker.clear()
    this.#port?.close()
    this.#port = null
  }

  #feed(): void {
    // Half the window must be free: a message for each single file would cost as much as hashing a small one.
    if (this.#isFeeding || this.#atWorker.size > jobsAtWorkerMax / 2) return
    this.#feedOn()
  }

  #feedOn(): void {
    this.#isFeeding = false
    if (this.#isHeld || this.#waiting.size === 0 || this.#atWorker.size >= jobsAtWorkerMax) return
    const jobs: HashJob[] = []
    for (const [key, job] of this.#waiting) {
      if (jobs.length === jobsPerMessageMax || this.#atWorker.size >= jobsAtWorkerMax) break
      this.#waiting.delete(key)
      this.#atWorker.add(key)
      jobs.push(job)
    }
    this.#port ??= this.#parts.open(
      (news) => this.#hear(news),
      () => this.#broke(),
    )
    this.#port.post({ kind: 'hash', jobs })
    this.#isFeeding = true
    this.#parts.soon(() => this.#feedOn())
  }

  #hear(news: HashNews): void {
    for (const { key } of news.finished) this.#atWorker.delete(key)
    this.#parts.onNews(news)
    this.#feed()
  }

  /** What it had is told as unreadable, so that nobody waits for it; the rest goes to another worker. */
  #broke(): void {
    const finished = [...this.#atWorker].map((key) => ({ key, sha256: null }))
    this.#port = null
    this.#hear({ progress: null, finished })
  }
}
