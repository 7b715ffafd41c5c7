import { brokerLimits } from './request-table.ts'

interface Program<Item> {
  underWay: number
  readonly waiting: Item[]
}

/**
 * Of one program a few requests are under way at a time, and the next ones wait here: one that asks as fast as it can waits
 * for itself, and takes no more of the servers than any other. A program of the course asks one thing after the other.
 */
export class Turns<Item> {
  readonly #programs = new Map<string, Program<Item>>()
  #size = 0

  /** Of all programs. */
  get size(): number {
    return this.#size
  }

  begin(key: string, item: Item): 'now' | 'later' | 'too-much' {
    const { underWayPerProgramMax, openPerProgramMax, openForeignMax } = brokerLimits
    const program = this.#programs.get(key) ?? { underWay: 0, waiting: [] }
    if (program.underWay < underWayPerProgramMax) {
      this.#programs.set(key, program)
      program.underWay += 1
      return 'now'
    }
    const isTooMuch = program.underWay + program.waiting.length >= openPerProgramMax || this.#size >= openForeignMax
    if (isTooMuch) return 'too-much'
    program.waiting.push(item)
    this.#size += 1
    return 'later'
  }

  /** One of that program is settled. Whose turn it is now, in place of it; null: nobody's. */
  ended(key: string): Item | null {
    const program = this.#programs.get(key)
    if (program === undefined) return null
    const next = program.waiting.shift()
    if (next !== undefined) {
      this.#size -= 1
      return next
    }
    program.underWay -= 1
    if (program.underWay === 0) this.#programs.delete(key)
    return null
  }
}
