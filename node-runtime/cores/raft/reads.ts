import type { RaftLimits } from './limits.ts'
import type { StepOutput } from './step-output.ts'

export const readLimits = {
  /** Reads that wait for a majority to confirm the leader. Past that: busy. */
  waitingMax: 8_192,
} as const

/** Reads that wait until it is sure that their leader still led when they came. SPEC.md, RD. */
export class Reads {
  readonly #out: StepOutput
  readonly #limits: RaftLimits['reads']
  /** Not asked about yet. */
  #fresh: number[] = []
  #asked: { readonly round: number; readonly index: number; readonly refs: readonly number[] }[] = []
  #count = 0

  constructor(out: StepOutput, limits: RaftLimits['reads']) {
    this.#out = out
    this.#limits = limits
  }

  get isAskDue(): boolean {
    return this.#fresh.length > 0
  }

  add(ref: number): void {
    if (this.#count >= this.#limits.waitingMax) return this.#out.refuse(ref, 'busy')
    this.#count += 1
    this.#fresh.push(ref)
  }

  /** All that came since share one round; `index` is what is committed as it leaves. */
  ask(round: number, index: number): void {
    this.#asked.push({ round, index, refs: this.#fresh })
    this.#fresh = []
  }

  /** A majority has answered this round or a later one. */
  confirm(round: number): void {
    for (let first = this.#asked[0]; first !== undefined && first.round <= round; first = this.#asked[0]) {
      for (const ref of first.refs) this.#out.answerRead(ref, first.index)
      this.#count -= first.refs.length
      this.#asked.shift()
    }
  }

  /** The reign is over, and these reads with it. */
  refuseAll(): void {
    for (const ref of [...this.#asked.flatMap(({ refs }) => refs), ...this.#fresh]) this.#out.refuse(ref, 'not-leader')
  }
}
