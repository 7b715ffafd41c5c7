import { founded } from '#cores/raft/membership'
import type { HardState, LogBase } from '#cores/raft/messages'
import { idPattern, type NodeId, nodeId } from '#kit/ids'
import type { StoreTx, StoreView } from '#ports/store'
import { inForcePlace, saveInForce } from './generations.ts'
import { baseRecord, damaged, isCount, isText, parseBase, readRecord, type SavedRecord, saveRecord } from './records.ts'

const hardStatePlace = { space: 'raft', key: 'hard-state' } as const
const identityPlace = { space: 'raft', key: 'identity' } as const
const basePlace = { space: 'raft', key: 'base' } as const

/** The incarnation of those who were there when the group began. */
export const foundersIncarnation = 1

/** How a node begins whose disk has nothing of the group's yet. */
export interface Founding {
  readonly self: NodeId
  /** 1: as one of the founders, if it is named there. Any other: it asks to be taken in. */
  readonly incarnation: number
  readonly founders: readonly NodeId[]
}

export interface SavedState {
  readonly hard: HardState
  readonly incarnation: number
  readonly base: LogBase
}

/** A vote that cannot be read must not be taken for no vote: the node would vote twice in one term. */
export function restoreSaved(view: StoreView): SavedState | 'empty' {
  const hard = readRecord(view, hardStatePlace, parseHardState) ?? { term: 0, votedFor: null }
  const incarnation = readRecord(view, identityPlace, ({ incarnation }) => (isCount(incarnation) ? incarnation : null))
  const base = readRecord(view, basePlace, parseBase)
  if (incarnation !== null && base !== null) return { hard, incarnation, base }
  // Term and vote alone are no group's yet: they stay as they are, and the node begins with them.
  const isEmpty = incarnation === null && base === null && view.get(inForcePlace.space, inForcePlace.key) === null
  if (!isEmpty || view.scan('log', { limit: 1 }).length > 0)
    throw damaged('a part of what the replica keeps is missing')
  return 'empty'
}

export function foundReplica(tx: StoreTx, { self, incarnation, founders }: Founding): void {
  const isFounder = incarnation === foundersIncarnation && founders.includes(self)
  const membership = isFounder ? founded(founders) : []
  const base: LogBase = { end: { index: 0, term: 0 }, membership, atMs: 0, lamport: 0 }
  saveRecord(tx, identityPlace, { incarnation })
  saveBase(tx, base)
  saveInForce(tx, { generation: 'a', base })
}

export function saveHardState(tx: StoreTx, { term, votedFor }: HardState): void {
  saveRecord(tx, hardStatePlace, { term, votedFor })
}

export function saveBase(tx: StoreTx, base: LogBase): void {
  saveRecord(tx, basePlace, baseRecord(base))
}

function parseHardState({ term, votedFor }: SavedRecord): HardState | null {
  if (!isCount(term)) return null
  if (votedFor === null) return { term, votedFor }
  return isText(votedFor) && idPattern.test(votedFor) ? { term, votedFor: nodeId(votedFor) } : null
}
