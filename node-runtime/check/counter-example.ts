import { drawHistory } from './draw.ts'
import { type History, possible } from './history.ts'
import type { Model } from './model.ts'
import { checkKey } from './search/check-key.ts'
import { type Budget, Meter } from './search/meter.ts'

/** A history of one key that cannot be explained, and from which nothing can be left out. SPEC.md KC1–KC3. */
export interface CounterExample<Op, Answer> {
  readonly key: string
  readonly operations: History<Op, Answer>
  /** Of so many operations on this key. */
  readonly cutFrom: number
  /** False if the budget ended before everything had been tried to be left out. */
  readonly isMinimal: boolean
  /** One line an operation, for people. */
  readonly text: string
}

/** Cuts down a history of one key that is known to be impossible. */
export function counterExample<State, Op, Answer>(
  model: Model<State, Op, Answer>,
  impossible: History<Op, Answer>,
  budget: Budget,
): CounterExample<Op, Answer> {
  const cutter = new Cutter(model, impossible, budget)
  cutter.leaveOut()
  const { operations, isMinimal } = cutter
  const key = operations[0]?.key ?? ''
  const cutFrom = impossible.length
  const left = isMinimal ? 'nothing more can be left out' : 'the budget ended before more could be left out'
  const title = `key ${key}: no order explains these answers (cut from ${cutFrom} operations; ${left})`
  return { key, operations, cutFrom, isMinimal, text: `${title}\n${drawHistory(model, operations)}` }
}

class Cutter<State, Op, Answer> {
  readonly #model: Model<State, Op, Answer>
  readonly #budget: Budget
  #operations: History<Op, Answer>
  #stepsLeft: number
  /** Whether every question of the last round was answered. */
  #isSure = true

  constructor(model: Model<State, Op, Answer>, impossible: History<Op, Answer>, budget: Budget) {
    this.#model = model
    this.#budget = budget
    this.#operations = possible(impossible)
    this.#stepsLeft = budget.shrinkStepsMax
  }

  get operations(): History<Op, Answer> {
    return this.#operations
  }

  get isMinimal(): boolean {
    return this.#isSure && this.#stepsLeft > 0
  }

  /** By halves, by quarters, one by one, and again until nothing can go. */
  leaveOut(): void {
    let size = Math.ceil(this.#operations.length / 2)
    while (size >= 1 && this.#stepsLeft > 0) {
      const hasCut = this.#leaveOutPieces(size)
      if (size > 1) size = Math.ceil(size / 2)
      else if (!hasCut) return
    }
  }

  /** From the end, so that of several things that went wrong the first is kept. */
  #leaveOutPieces(size: number): boolean {
    let hasCut = false
    this.#isSure = true
    for (let to = this.#operations.length; to > 0 && this.#stepsLeft > 0; to -= size) {
      to = Math.min(to, this.#operations.length)
      const gone = new Set(this.#operations.slice(Math.max(0, to - size), to))
      if (this.#try(this.#model.without(this.#operations, gone))) hasCut = true
    }
    return hasCut
  }

  /** Keeps a smaller history if it is seen to be impossible by itself. */
  #try(smaller: History<Op, Answer>): boolean {
    const stepsMax = Math.min(this.#budget.stepsMax, this.#stepsLeft)
    const meter = new Meter({ ...this.#budget, stepsMax })
    const end = checkKey(this.#model, smaller, meter)
    this.#stepsLeft -= meter.steps + smaller.length
    if (end === 'gave-up') this.#isSure = false
    if (end === 'none') this.#operations = possible(smaller)
    return end === 'none'
  }
}
