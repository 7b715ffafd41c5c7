import { endOf, type History, type Operation, type Value } from './history.ts'
import type { ListAnswer, ListOp } from './models/list.ts'

type Append = { readonly value: Value; readonly operation: Operation<ListOp, ListAnswer> }

/**
 * Every append that was acknowledged is in its key's list at the end, and of two appends the one that was acknowledged
 * before the other was asked for stands before it. Says what is wrong first. Values are unique in a key.
 */
export function acknowledgedSurvives(
  history: History<ListOp, ListAnswer>,
  finals: ReadonlyMap<string, readonly Value[]>,
): string | null {
  const appendsOf = new Map<string, Map<Value, Append>>()
  for (const operation of history) {
    const { key, op } = operation
    if (op.kind !== 'append') continue
    const appends = appendsOf.get(key) ?? new Map<Value, Append>()
    appendsOf.set(key, appends.set(op.value, { value: op.value, operation }))
  }
  for (const [key, appends] of appendsOf) {
    const final = finals.get(key) ?? []
    const wrong = firstLost(appends, final) ?? firstOutOfOrder(appends, final)
    if (wrong !== null) return `key ${key}: ${wrong}`
  }
  return null
}

function firstLost(appends: ReadonlyMap<Value, Append>, final: readonly Value[]): string | null {
  const there = new Set(final)
  for (const [value, { operation }] of appends) {
    if (operation.ending.kind === 'ok' && !there.has(value))
      return `${JSON.stringify(value)} was acknowledged to ${operation.process} at ${endOf(operation)} and is lost`
  }
  return null
}

function firstOutOfOrder(appends: ReadonlyMap<Value, Append>, final: readonly Value[]): string | null {
  let latest: Append | null = null
  for (const value of final) {
    const append = appends.get(value)
    if (append === undefined) continue
    if (latest !== null && endOf(append.operation) < latest.operation.invokedAt) {
      const [late, early] = [JSON.stringify(latest.value), JSON.stringify(value)]
      return `${early} was acknowledged before ${late} was asked for, and stands after it`
    }
    if (latest === null || append.operation.invokedAt > latest.operation.invokedAt) latest = append
  }
  return null
}
