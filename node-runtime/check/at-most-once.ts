import type { History, Value } from './history.ts'
import type { ListAnswer, ListOp } from './models/list.ts'

/**
 * No list holds a value more often than it was asked for: a command that was sent again did not execute again, and one
 * that was refused did not execute. Looks at every list that was read and at those at the end. Says what is wrong first.
 */
export function atMostOnce(
  history: History<ListOp, ListAnswer>,
  finals: ReadonlyMap<string, readonly Value[]>,
): string | null {
  const askedOf = new Map<string, Map<Value, number>>()
  for (const { key, op, ending } of history) {
    if (op.kind !== 'append' || ending.kind === 'failed') continue
    const asked = askedOf.get(key) ?? new Map<Value, number>()
    askedOf.set(key, asked.set(op.value, (asked.get(op.value) ?? 0) + 1))
  }
  for (const { key, process, invokedAt, ending } of history) {
    if (ending.kind !== 'ok' || ending.answer === null) continue
    const wrong = tooMany(ending.answer, askedOf.get(key))
    if (wrong !== null) return `key ${key}, read by ${process} at ${invokedAt}: ${wrong}`
  }
  for (const [key, final] of finals) {
    const wrong = tooMany(final, askedOf.get(key))
    if (wrong !== null) return `key ${key}, at the end: ${wrong}`
  }
  return null
}

function tooMany(list: readonly Value[], asked: ReadonlyMap<Value, number> | undefined): string | null {
  const counts = new Map<Value, number>()
  for (const value of list) {
    const count = (counts.get(value) ?? 0) + 1
    const most = asked?.get(value) ?? 0
    if (count > most) return `${JSON.stringify(value)} stands there ${count} times, and may at most ${most} times`
    counts.set(value, count)
  }
  return null
}
