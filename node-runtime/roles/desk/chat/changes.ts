import type { ChatChange, ChatChanges } from '#contract/worker/chat-calls'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'

export const changeLimits = {
  /** Things that changed. Past that the window asks for all anew. */
  keptMax: 2_000,
  /** Characters of all of them, about: long messages are fewer. */
  keptCharsMax: 4 * 1024 * 1024,
  /** In one answer; the next one has the rest. */
  perAnswerMax: 200,
  /** Characters in one answer, about: within what a pipe takes. */
  charsMax: 256 * 1024,
  /** Windows of one user that wait. The oldest is answered when one more comes. */
  waitingMax: 8,
} as const

interface Kept {
  readonly sequence: number
  readonly change: ChatChange
  readonly chars: number
}

interface Waiting {
  readonly after: number
  readonly done: (changes: ChatChanges) => void
  readonly cancel: Stop
}

export interface ChangesParts {
  readonly clock: Pick<Clock, 'after'>
  readonly soon: (work: () => void) => void
  /** Numbers of one life of a desk are above those of its earlier ones. */
  readonly next: () => number
}

/** How things of one session stand now, each once, in the order in which they last changed; and who waits for the next. */
export class Changes {
  readonly #parts: ChangesParts
  readonly #kept = new Map<string, Kept>()
  readonly #waiting = new Set<Waiting>()
  readonly #begin: number
  #forgottenUpTo: number
  #upTo: number
  #chars = 0
  #isTelling = false

  constructor(parts: ChangesParts) {
    this.#parts = parts
    this.#begin = parts.next()
    this.#forgottenUpTo = this.#begin
    this.#upTo = this.#begin
  }

  get isAwaited(): boolean {
    return this.#waiting.size > 0
  }

  note(change: ChatChange): void {
    const key = keyOf(change)
    this.#drop(key)
    this.#upTo = this.#parts.next()
    const chars = JSON.stringify(change).length
    this.#kept.set(key, { sequence: this.#upTo, change, chars })
    this.#chars += chars
    for (const [oldest, { sequence }] of this.#kept) {
      if (this.#kept.size <= changeLimits.keptMax && this.#chars <= changeLimits.keptCharsMax) break
      this.#drop(oldest)
      this.#forgottenUpTo = sequence
    }
    this.#tellSoon()
  }

  /** Whoever shows something has to ask for it anew. */
  forget(): void {
    this.#kept.clear()
    this.#chars = 0
    this.#upTo = this.#parts.next()
    this.#forgottenUpTo = this.#upTo
    this.#tellSoon()
  }

  ask({ after, waitMs }: { readonly after: number | null; readonly waitMs: number }, done: Waiting['done']): void {
    if (after === null) return done({ upTo: this.#upTo, isForgotten: false, changes: [] })
    const now = this.#since(after)
    if (waitMs === 0 || now.isForgotten || now.changes.length > 0) return done(now)
    const waiting: Waiting = {
      after,
      done,
      cancel: this.#parts.clock.after(waitMs, () => this.#answer(waiting)),
    }
    this.#waiting.add(waiting)
    const [oldest] = this.#waiting
    if (this.#waiting.size > changeLimits.waitingMax && oldest !== undefined) this.#answer(oldest)
  }

  /** Nobody waits any more. */
  end(): void {
    for (const waiting of [...this.#waiting]) this.#answer(waiting)
  }

  #drop(key: string): void {
    this.#chars -= this.#kept.get(key)?.chars ?? 0
    this.#kept.delete(key)
  }

  /** What changes in the same moment goes in one answer. */
  #tellSoon(): void {
    if (this.#isTelling || this.#waiting.size === 0) return
    this.#isTelling = true
    this.#parts.soon(() => {
      this.#isTelling = false
      for (const waiting of [...this.#waiting]) this.#answer(waiting)
    })
  }

  #answer(waiting: Waiting): void {
    if (!this.#waiting.delete(waiting)) return
    void waiting.cancel()
    waiting.done(this.#since(waiting.after))
  }

  #since(after: number): ChatChanges {
    // A number of an earlier life of this desk, or of a session that is over.
    if (after < this.#forgottenUpTo || after > this.#upTo)
      return { upTo: this.#upTo, isForgotten: after !== this.#upTo, changes: [] }
    const changes: ChatChange[] = []
    let chars = 0
    let upTo = after
    for (const { sequence, change, chars: own } of this.#kept.values()) {
      if (sequence <= after) continue
      chars += own
      const isFull = changes.length >= changeLimits.perAnswerMax || chars > changeLimits.charsMax
      if (isFull && changes.length > 0) return { upTo, isForgotten: false, changes }
      changes.push(change)
      upTo = sequence
    }
    return { upTo: this.#upTo, isForgotten: false, changes }
  }
}

function keyOf(change: ChatChange): string {
  switch (change.kind) {
    case 'row':
      return `row ${change.row.id}`
    case 'gone':
      return `row ${change.id}`
    case 'conversation':
      return `conversation ${change.conversation.id}`
    case 'person':
      return `person ${change.person.name}`
    case 'lock':
      return `lock ${change.lock.lock}`
    case 'status':
    case 'session':
      return change.kind
  }
}
