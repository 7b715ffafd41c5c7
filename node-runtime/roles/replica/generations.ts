import type { LogBase } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import type { StoreTx, StoreView } from '#ports/store'
import { baseRecord, isText, type Place, parseBase, readRecord, type SavedRecord, saveRecord } from './records.ts'

/**
 * State lies in spaces whose names begin with the letter of a generation. One is in force; a snapshot on its way in is
 * written to another; what is neither is left over and cleared bit by bit. Which spaces a generation has stands beside,
 * because a store cannot be asked for its spaces.
 */
export type Generation = string

const space = 'applied'
const letters = 'abcdefgh'
export const inForcePlace: Place = { space, key: 'in-force' }
const spacesKeyPrefix = 'spaces-'

export const generationLimits = {
  /** Rows of a generation that is left over go this many at a time, so that no transaction lasts. */
  clearedRowsMax: 512,
} as const

export interface InForce {
  readonly generation: Generation
  /** The state is the one after this. */
  readonly base: LogBase
}

export function stateSpace(generation: Generation, name: string): string {
  return `${generation}-${name}`
}

export function saveInForce(tx: StoreTx, { generation, base }: InForce): void {
  saveRecord(tx, inForcePlace, { generation, ...baseRecord(base) })
}

export function readInForce(view: StoreView): InForce | null {
  return readRecord(view, inForcePlace, (record) => {
    const base = parseBase(record)
    const { generation } = record
    return base !== null && isGeneration(generation) ? { generation, base } : null
  })
}

export function isGeneration(value: unknown): value is Generation {
  return isText(value) && value.length === 1 && letters.includes(value)
}

export function saveSpaces(tx: StoreTx, generation: Generation, names: Iterable<string>): void {
  saveRecord(tx, spacesPlace(generation), { names: [...names].sort() })
}

/** In order of names. */
export function readSpaces(view: StoreView, generation: Generation): readonly string[] {
  return readRecord(view, spacesPlace(generation), parseNames) ?? []
}

/** One that has no rows. There are more letters than are ever needed at once, unless snapshots break off one after the other. */
export function freeGeneration(tx: StoreTx, inForce: Generation): Generation {
  for (;;) {
    for (const letter of letters) {
      if (letter !== inForce && tx.get(space, spacesPlace(letter).key) === null) return letter
    }
    clearLeftOver(tx, [inForce])
  }
}

/** A step of clearing all generations but those that are kept. True if nothing is left over any more. */
export function clearLeftOver(tx: StoreTx, kept: readonly Generation[]): boolean {
  for (const generation of letters) {
    if (kept.includes(generation)) continue
    const names = readRecord(tx, spacesPlace(generation), parseNames)
    if (names === null) continue
    if (clearSpaces(tx, generation, names)) tx.delete(space, spacesPlace(generation).key)
    return false
  }
  return true
}

function clearSpaces(tx: StoreTx, generation: Generation, names: readonly string[]): boolean {
  let left: number = generationLimits.clearedRowsMax
  for (const name of names) {
    left -= tx.deleteRange(stateSpace(generation, name), { limit: left })
    assert(left >= 0, 'no more rows are removed than the limit says')
    if (left === 0) return false
  }
  return true
}

function spacesPlace(generation: Generation): Place {
  return { space, key: spacesKeyPrefix + generation }
}

function parseNames({ names }: SavedRecord): readonly string[] | null {
  return Array.isArray(names) && names.every(isText) ? names : null
}
