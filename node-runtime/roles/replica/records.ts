import type { Membership } from '#cores/raft/membership'
import type { LogBase } from '#cores/raft/messages'
import { idPattern, nodeId } from '#kit/ids'
import { StoreFailure, type StoreTx, type StoreView } from '#ports/store'

export type SavedRecord = Readonly<Record<string, unknown>>

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function damaged(what: string): StoreFailure {
  return new StoreFailure('store-damaged', what)
}

/** Text and not bytes, because people look at it in the table view. */
export function saveRecord(tx: StoreTx, place: Place, record: object): void {
  tx.put(place.space, place.key, encoder.encode(JSON.stringify(record)))
}

export interface Place {
  readonly space: string
  readonly key: string
}

/** null: there is none. What is there and cannot be read is damage, never nothing. */
export function readRecord<T>(view: StoreView, place: Place, parse: (record: SavedRecord) => T | null): T | null {
  const bytes = view.get(place.space, place.key)
  if (bytes === null) return null
  const record = toRecord(parseJson(decoder.decode(bytes)))
  const parsed = record === null ? null : parse(record)
  if (parsed === null) throw damaged(`${place.key} in ${place.space} cannot be read`)
  return parsed
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // the caller refuses it like any other shape that is not ours
  }
}

function toRecord(value: unknown): SavedRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** The fields of a base side by side, so that a row of the table view says all at a glance. */
export function baseRecord({ end, membership, atMs, lamport }: LogBase): object {
  return { index: end.index, term: end.term, atMs, lamport, membership }
}

export function parseBase({ index, term, atMs, lamport, membership }: SavedRecord): LogBase | null {
  if (!isCount(index) || !isCount(term) || !isCount(lamport)) return null
  if (typeof atMs !== 'number' || !Number.isFinite(atMs)) return null
  const members = parseMembership(membership)
  return members === null ? null : { end: { index, term }, membership: members, atMs, lamport }
}

function parseMembership(value: unknown): Membership | null {
  if (!Array.isArray(value)) return null
  const members: Membership[number][] = []
  for (const item of value) {
    const record = toRecord(item)
    if (record === null) return null
    const { node, incarnation, isVoter } = record
    if (!isText(node) || !idPattern.test(node) || !isCount(incarnation) || typeof isVoter !== 'boolean') return null
    members.push({ node: nodeId(node), incarnation, isVoter })
  }
  return members
}
