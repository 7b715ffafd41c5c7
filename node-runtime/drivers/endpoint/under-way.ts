import type { IncomingMessage } from 'node:http'
import type { Limits } from './limits.ts'

/** What is under way, so that a node that cannot keep up refuses instead of growing until the machine dies. */
export class UnderWay {
  readonly #limits: Limits
  #requests = 0
  #bodyBytes = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Gives back what undoes it, once; null: there is no room. */
  enter(request: Pick<IncomingMessage, 'headers'>): (() => void) | null {
    const bytes = this.#bytesOf(request)
    if (this.#requests >= this.#limits.requestsUnderWayMax) return null
    if (this.#bodyBytes + bytes > this.#limits.bodyBytesUnderWayMax) return null
    this.#requests += 1
    this.#bodyBytes += bytes
    return () => {
      this.#requests -= 1
      this.#bodyBytes -= bytes
    }
  }

  /** What is too long is refused before it is read, and takes no room. */
  #bytesOf({ headers }: Pick<IncomingMessage, 'headers'>): number {
    const { bodyBytesMax } = this.#limits
    if (headers['transfer-encoding'] !== undefined) return bodyBytesMax
    const length = Number(headers['content-length'] ?? 0)
    return length <= bodyBytesMax ? length : 0
  }
}
