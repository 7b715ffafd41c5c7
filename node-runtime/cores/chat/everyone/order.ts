import type { LogId, Operation } from './messages.ts'

/** Where an operation stands in the order of all (EO1). */
export type Place = Pick<Operation, 'clock' | 'origin' | 'id'>

/** Below zero: the first stands before the second. Texts are compared by code units, the same on every machine. */
export function comparePlaces(one: Place, other: Place): number {
  if (one.clock !== other.clock) return one.clock - other.clock
  if (one.origin !== other.origin) return one.origin < other.origin ? -1 : 1
  return one.id === other.id ? 0 : one.id < other.id ? -1 : 1
}

const logPattern = /^[a-z][a-z0-9-]{0,30}\.[0-9a-f]{8}$/

export function isLogId(text: string): text is LogId {
  return logPattern.test(text)
}
