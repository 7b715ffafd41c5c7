import { type CounterExample, counterExample } from './counter-example.ts'
import { type History, type Operation, possible } from './history.ts'
import type { Model } from './model.ts'
import { checkKey } from './search/check-key.ts'
import { type Budget, defaultBudget, type Limit, Meter } from './search/meter.ts'

export type Verdict<Op, Answer> =
  | { readonly kind: 'valid'; readonly effort: Effort }
  | { readonly kind: 'invalid'; readonly counterExample: CounterExample<Op, Answer>; readonly effort: Effort }
  /** No key is known to be wrong, and this one is not known to be right: the budget was too small. */
  | { readonly kind: 'unknown'; readonly key: string; readonly reached: Limit; readonly effort: Effort }

/** What it cost, so that a budget can be chosen. */
export interface Effort {
  readonly steps: number
  readonly placesPeak: number
}

/** Whether every answer of a history is one that a single copy could have given: SPEC.md has the rules. */
export function checkLinearizable<State, Op, Answer>(
  model: Model<State, Op, Answer>,
  history: History<Op, Answer>,
  wishes: Partial<Budget> = {},
): Verdict<Op, Answer> {
  const budget = { ...defaultBudget, ...wishes }
  let effort: Effort = { steps: 0, placesPeak: 0 }
  let open: { readonly key: string; readonly reached: Limit } | null = null
  for (const [key, operations] of byKey(history)) {
    const meter = new Meter(budget)
    const end = checkKey(model, operations, meter)
    effort = { steps: effort.steps + meter.steps, placesPeak: Math.max(effort.placesPeak, meter.placesPeak) }
    if (end === 'none') return { kind: 'invalid', counterExample: counterExample(model, operations, budget), effort }
    if (meter.reached !== null) open ??= { key, reached: meter.reached }
  }
  return open === null ? { kind: 'valid', effort } : { kind: 'unknown', ...open, effort }
}

function byKey<Op, Answer>(history: History<Op, Answer>): ReadonlyMap<string, History<Op, Answer>> {
  const keys = new Map<string, Operation<Op, Answer>[]>()
  for (const operation of possible(history)) {
    const known = keys.get(operation.key)
    if (known === undefined) keys.set(operation.key, [operation])
    else known.push(operation)
  }
  return keys
}
