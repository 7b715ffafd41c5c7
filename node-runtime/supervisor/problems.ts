import type { Failure } from '#kit/failures'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import type { Problem } from './supervisor.ts'

/** What went wrong and was asked for by nobody, for whoever listens. */
export class Problems {
  readonly #listeners = new Set<(problem: Problem) => void>()
  readonly #raised: () => void

  constructor(raised: () => void) {
    this.#raised = raised
  }

  on(listener: (problem: Problem) => void): Stop {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  raise(failure: Failure, nodeId: NodeId | null): Result<never> {
    const { code, message: detail } = failure
    const problem: Problem = { code, nodeId, detail, wallMs: Date.now() }
    for (const listener of this.#listeners) listener(problem)
    this.#raised()
    return { ok: false, failure }
  }

  stop(): void {
    this.#listeners.clear()
  }
}
