/**
 * Gives back `next`, but with every part that equals the one in `before` replaced by the old object. A component that
 * reads an unchanged slice then sees the same object and does not draw again, however often snapshots arrive.
 */
export function shareUnchanged<T>(before: T, next: T): T {
  if (Object.is(before, next)) return before
  if (Array.isArray(before) && Array.isArray(next)) return sharedArray(before, next) as T // both are arrays of T's kind
  if (isPlain(before) && isPlain(next)) return sharedObject(before, next) as T // both have T's keys
  return next
}

function sharedArray(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const shared = next.map((item, index) => shareUnchanged(before[index], item))
  const isSame = before.length === next.length && shared.every((item, index) => Object.is(item, before[index]))
  return isSame ? before : shared
}

function sharedObject(before: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next)
  const shared = Object.fromEntries(keys.map((key) => [key, shareUnchanged(before[key], next[key])]))
  const isSame = keys.length === Object.keys(before).length && keys.every((key) => Object.is(shared[key], before[key]))
  return isSame ? before : shared
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
