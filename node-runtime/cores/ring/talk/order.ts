import type { RingRecord } from '../messages.ts'

/** Where a record stands in the order of all: by its stamp, then who stamped it, in which life, and which of that life's it is. */
export type Place = Pick<RingRecord, 'stamp' | 'peer' | 'origin' | 'sequence'>

/** Below zero: the first stands before the second. Texts are compared as they are written, the same on every machine. */
export function comparePlaces(one: Place, other: Place): number {
  if (one.stamp !== other.stamp) return one.stamp - other.stamp
  if (one.peer !== other.peer) return one.peer < other.peer ? -1 : 1
  if (one.origin !== other.origin) return one.origin < other.origin ? -1 : 1
  return one.sequence - other.sequence
}

/** Of two records of one uuid: whether the first gives it its place. */
export function isBetter(one: RingRecord, other: RingRecord): boolean {
  return one.source === other.source ? comparePlaces(one, other) < 0 : one.source === 'own'
}
