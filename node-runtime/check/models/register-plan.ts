import { assert } from '#kit/assert'
import type { History, Value } from '../history.ts'
import type { Plan, PlanStep } from '../search/plan.ts'
import type { RegisterAnswer, RegisterOp } from './register.ts'
import { isCertain, type RegisterFacts, registerFacts } from './register-facts.ts'
import { Slots } from './register-slots.ts'

/** A register's history, with all that a value told by whoever found it: SPEC.md KR1–KR8. */
export function registerPlan(operations: History<RegisterOp, RegisterAnswer>): Plan {
  const facts = registerFacts(operations, initial)
  const exact = planOf(facts, false)
  const hasOptional = exact.steps.some(({ dueAt }) => dueAt === Number.POSITIVE_INFINITY)
  return hasOptional && facts.isClear ? { ...exact, easier: planOf(facts, true) } : exact
}

const initial: Value = null

function planOf(facts: RegisterFacts, isEasier: boolean): Plan {
  const slots = new Slots(facts, isEasier)
  const deeds = facts.deeds.filter((deed) => isCertain(deed) || slots.mayHelp(deed))
  const kinds = new Map<string, number>()
  const kindOf = (text: string): number => {
    const known = kinds.get(text)
    if (known === undefined) kinds.set(text, kinds.size)
    return known ?? kinds.size - 1
  }
  return {
    initial: slots.madeBy(initial),
    steps: deeds.map((deed): PlanStep => {
      const { invokedAt, dueAt, makes } = deed
      return { invokedAt, dueAt, isRead: makes === undefined, kind: kindOf(slots.kindText(deed)) }
    }),
    next(state, step) {
      const deed = deeds[step]
      assert(deed !== undefined, `no step ${step}`)
      return slots.next(state, deed)
    },
    isBest: (state) => slots.isBest(state),
  }
}
