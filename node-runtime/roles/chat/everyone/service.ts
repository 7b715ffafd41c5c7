import type { Content } from '#cores/chat/everyone/content'
import type { Act, EveryoneAnswer, EveryoneInput, EveryoneOutcome } from '#cores/chat/everyone/messages'
import { fail, ok, type Result } from '#kit/result'

type Done = (result: Result<EveryoneOutcome>) => void

export interface ServiceParts {
  readonly content: () => Content
  /** False: there is no room for it. */
  readonly offer: (input: EveryoneInput) => boolean
  readonly timeMs: () => number
}

/** What one server does for whoever asks, whichever way the question came. Answers come when it is on the disk. */
export class EveryoneService {
  readonly #parts: ServiceParts
  readonly #waiting = new Map<number, Done>()
  #ref = 0

  constructor(parts: ServiceParts) {
    this.#parts = parts
  }

  get content(): Content {
    return this.#parts.content()
  }

  timeMs(): number {
    return this.#parts.timeMs()
  }

  act(id: string, act: Act, done: Done): void {
    this.#ref += 1
    const ref = this.#ref
    this.#waiting.set(ref, done)
    if (this.#parts.offer({ kind: 'act', ref, id, act, atMs: this.timeMs() })) return
    this.#waiting.delete(ref)
    done(fail('busy', 'more waits than this server takes in'))
  }

  answered({ ref, outcome }: EveryoneAnswer): void {
    const done = this.#waiting.get(ref)
    this.#waiting.delete(ref)
    const isFull = outcome.kind === 'refused' && outcome.why === 'cannot-write'
    done?.(isFull ? diskFull : ok(outcome))
  }

  /** What the disk refused did not happen. */
  lost(): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const done of waiting) done(diskFull)
  }
}

const diskFull = fail('disk-full', 'the disk of this server takes nothing')
