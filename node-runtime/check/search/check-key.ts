import { type History, possible } from '../history.ts'
import type { Model } from '../model.ts'
import type { Meter } from './meter.ts'
import { plainPlan } from './plain-plan.ts'
import { type SearchEnd, search } from './search.ts'

/** Looks for an order of the operations of one key. */
export function checkKey<State, Op, Answer>(
  model: Model<State, Op, Answer>,
  history: History<Op, Answer>,
  meter: Meter,
): SearchEnd {
  const operations = possible(history)
  const plan = model.plan?.(operations) ?? plainPlan(model, operations)
  const end = plan.easier === undefined ? 'found' : search(plan.easier, meter)
  return end === 'found' ? search(plan, meter) : end
}
