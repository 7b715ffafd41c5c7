import { assert } from '#kit/assert'
import type { Value } from '../history.ts'
import { refused } from '../search/plan.ts'
import { type Deed, isCertain, type RegisterFacts, type ValueFacts } from './register-facts.ts'

/** One state: a value in force and how many of its finders have had their turn. */
interface Slot {
  readonly value: Value | undefined
  /** After one more finder; refused if there is none to come. */
  readonly afterFinder: number
  /** Whether another value may follow. */
  readonly isDone: boolean
  /** Whether a finder that also makes another value may be next. */
  readonly isReadyForCas: boolean
  readonly facts: ValueFacts | undefined
}

/** All values that nobody will look for again are one state. */
const spent = 0

/** The states of a register's plan and how a deed leads from one to the next: SPEC.md KR4–KR8. */
export class Slots {
  readonly #slots: Slot[] = []
  readonly #first = new Map<Value, number>()
  readonly #isClear: boolean
  readonly #hasMisses: boolean
  /** From when on a lost write may have come between a value and a cas that missed it; only if that is taken as given. */
  readonly #givenFrom: number | null

  constructor(facts: RegisterFacts, isEasier: boolean) {
    this.#isClear = facts.isClear
    this.#hasMisses = [...facts.of.values()].some(({ isMissed }) => isMissed)
    this.#givenFrom = isEasier ? facts.lostWritesFrom : null
    this.#slots.push({ value: undefined, afterFinder: refused, isDone: true, isReadyForCas: false, facts: undefined })
    for (const [value, about] of facts.of) this.#add(value, about)
  }

  #add(value: Value, facts: ValueFacts): void {
    const { makers, finders } = facts
    const slots = this.#slots
    const isAwaited = facts.isMissed || facts.maybeFoundFrom < Number.POSITIVE_INFINITY
    this.#first.set(value, finders === 0 && !isAwaited ? spent : slots.length)
    if (makers > 1) {
      if (finders > 0 || isAwaited)
        slots.push({ value, afterFinder: slots.length, isDone: true, isReadyForCas: true, facts })
      return
    }
    for (let found = 1; found <= finders; found += 1) {
      const isLast = found === finders
      const afterFinder = isLast && !isAwaited ? spent : slots.length + 1
      slots.push({ value, afterFinder, isDone: false, isReadyForCas: isLast, facts })
    }
    if (isAwaited) slots.push({ value, afterFinder: refused, isDone: true, isReadyForCas: false, facts })
  }

  madeBy(value: Value): number {
    return this.#first.get(value) ?? spent
  }

  /** Whether a deed that need not happen could explain anything that is not explained without it. */
  mayHelp({ finds, makes }: Deed): boolean {
    if (this.#givenFrom !== null) return false
    if (!this.#isClear) return this.#hasMisses || (makes !== undefined && this.madeBy(makes) !== spent)
    return this.#hasMisses && (finds === undefined || this.#slots[this.madeBy(finds)]?.facts?.isMissed === true)
  }

  /** Deeds with the same text make the same of every state. */
  kindText(deed: Deed): string {
    const made = deed.makes === undefined ? refused : this.madeBy(deed.makes)
    return `${textOf(deed.finds)} ${made} ${isCertain(deed)}`
  }

  next(state: number, deed: Deed): number {
    const slot = this.#slots[state]
    assert(slot !== undefined, `no state ${state}`)
    const { finds, misses, makes } = deed
    if (misses !== undefined) {
      if (slot.value !== misses) return state
      return slot.isDone && this.#isGiven(deed) ? spent : refused
    }
    if (finds !== undefined && slot.value !== finds) return refused
    if (makes === undefined) return slot.afterFinder
    const isReady = finds !== undefined && isCertain(deed) ? slot.isReadyForCas : slot.isDone
    return isReady ? this.madeBy(makes) : refused
  }

  isBest(state: number): boolean {
    return this.#isClear && (state === spent || this.#slots[state]?.isDone === false)
  }

  /** Whether something of which nobody knows may have ended the value that this deed missed, just before it. */
  #isGiven({ misses, dueAt }: Deed): boolean {
    if (this.#givenFrom === null || misses === undefined) return false
    const { maybeFoundFrom } = this.#slots[this.madeBy(misses)]?.facts ?? { maybeFoundFrom: Number.POSITIVE_INFINITY }
    return dueAt >= Math.min(this.#givenFrom, maybeFoundFrom)
  }
}

/** JSON has no undefined, and null is a value. */
function textOf(value: Value | undefined): string {
  return value === undefined ? '-' : JSON.stringify(value)
}
