import type { Pipe } from '#contract/worker/pipe'

/**
 * Two ends in one process, for tests and for what runs without a worker. As strict as the real ones: what is posted is
 * cloned at once, so that a function or a shared object fails here and not first in a real worker, and it arrives later.
 */
export function memoryPipes<Forth, Back>(): readonly [Pipe<Forth, Back>, Pipe<Back, Forth>] {
  const forth = new Lane<Forth>()
  const back = new Lane<Back>()
  return [
    { post: (message) => forth.post(message), listen: (receive) => back.listen(receive) },
    { post: (message) => back.post(message), listen: (receive) => forth.listen(receive) },
  ]
}

/** One direction. As in a forked process, what arrives before anybody listens waits for the first listener. */
class Lane<T> {
  readonly #listeners = new Set<(message: T) => void>()
  #waiting: T[] = []
  #isDue = false

  post(message: T): void {
    this.#waiting.push(structuredClone(message))
    this.#deliverSoon()
  }

  listen(receive: (message: T) => void): () => void {
    this.#listeners.add(receive)
    this.#deliverSoon()
    return () => void this.#listeners.delete(receive)
  }

  #deliverSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    queueMicrotask(() => {
      this.#isDue = false
      this.#deliver()
    })
  }

  #deliver(): void {
    if (this.#listeners.size === 0) return
    const arrived = this.#waiting
    this.#waiting = []
    for (const message of arrived) for (const receive of [...this.#listeners]) receive(message)
  }
}
