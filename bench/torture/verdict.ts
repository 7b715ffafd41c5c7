import { acknowledgedSurvives } from '#check/acknowledged-survives'
import { atMostOnce } from '#check/at-most-once'
import type { History, Value } from '#check/history'
import { checkLinearizable } from '#check/linearizable'
import type { Model } from '#check/model'
import { type ListAnswer, type ListOp, list } from '#check/models/list'
import { type RegisterAnswer, type RegisterOp, register } from '#check/models/register'

export interface Evidence {
  readonly registers: History<RegisterOp, RegisterAnswer>
  readonly lists: History<ListOp, ListAnswer>
  /** Every list as it was read when all was over. */
  readonly finals: ReadonlyMap<string, readonly Value[]>
}

export interface Judgement {
  readonly failures: readonly string[]
  /** Appends that a client was told of. */
  readonly acknowledged: number
  readonly lost: number
  readonly doubled: number
}

/** What the clients saw, held against what one copy would have shown them. */
export function judge({ registers, lists, finals }: Evidence): Judgement {
  const there = new Map([...finals].map(([key, items]) => [key, new Set(items)]))
  const appends = lists.filter(({ op, ending }) => op.kind === 'append' && ending.kind === 'ok')
  const isThere = (key: string, op: ListOp): boolean => op.kind === 'append' && (there.get(key)?.has(op.value) ?? false)
  const failures = [
    unexplained('registers', register, registers),
    unexplained('lists', list, lists),
    atMostOnce(lists, finals),
    acknowledgedSurvives(lists, finals),
  ].filter((failure) => failure !== null)
  return {
    failures,
    acknowledged: appends.length,
    lost: appends.filter(({ key, op }) => !isThere(key, op)).length,
    doubled: [...finals.values()].reduce((sum, items) => sum + items.length - new Set(items).size, 0),
  }
}

/** `unknown` is as bad as `invalid`: a history that nobody can judge shows nothing. */
function unexplained<State, Op, Answer>(
  what: string,
  model: Model<State, Op, Answer>,
  history: History<Op, Answer>,
): string | null {
  const verdict = checkLinearizable(model, history)
  if (verdict.kind === 'valid') return null
  if (verdict.kind === 'unknown') return `${what}: key ${verdict.key} could not be judged (${verdict.reached})`
  return `${what}: ${verdict.counterExample.text}`
}
