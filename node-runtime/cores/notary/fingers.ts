import { assert } from '#kit/assert'
import type { ByteWriter } from '#kit/bytes'
import type { Sha256 } from '#kit/sha256'
import type { StateView } from '#kit/state-machine'
import { FingerTable } from './finger-table.ts'
import { type Head, rowKey, spaces } from './rows.ts'

export const fingerBytes = 8

/** What stands in a row: the finger, and whose it is. Records follow one another, so a row is in order of them. */
export interface Finger {
  readonly finger: number
  readonly index: number
}

/**
 * Of a document's hash, or of an id. Hashed, because strangers choose both: documents that all begin alike would
 * otherwise lie in one heap, to be looked through by every peer for each one more.
 */
export function fingerOf(sha256: Sha256, name: Uint8Array): number {
  return numberAt(sha256(name), 0)
}

export function writeFinger(writer: ByteWriter, { finger, index }: Finger): void {
  writer.uint32(finger).uint32(index)
}

export function fingersIn(row: Uint8Array): readonly Finger[] {
  return Array.from({ length: Math.floor(row.length / fingerBytes) }, (_, at) => fingerAt(row, at))
}

export function fingerAt(row: Uint8Array, at: number): Finger {
  return { finger: numberAt(row, at * fingerBytes), index: numberAt(row, at * fingerBytes + 4) }
}

/** The tables of documents and of ids, in memory. */
export interface Fingers {
  readonly hashes: FingerTable
  readonly ids: FingerTable
}

/**
 * Which document and which id stand where. It says nothing that the rows do not say: it is made from them, kept as long
 * as each state follows the one before, and made anew otherwise (after a start, after a snapshot).
 */
export class FingerMemo {
  #fingers: Fingers | null = null
  #of: Head | null = null

  /** As they are at this head. null: rows of them are missing. */
  at(state: StateView, head: Head): Fingers | null {
    if (this.#fingers === null || this.#of === null || !isSameState(this.#of, head)) {
      const hashes = tableOf(state, spaces.hashes, head.hashes)
      const ids = tableOf(state, spaces.ids, head.ids)
      this.#fingers = hashes === null || ids === null ? null : { hashes, ids }
      this.#of = head
    }
    return this.#fingers
  }

  /** The tables have taken in all that leads to this head. */
  advance(head: Head): void {
    const { hashes, ids } = this.#fingers ?? {}
    assert(hashes?.count === head.hashes && ids?.count === head.ids, 'what is remembered is what was written')
    this.#of = head
  }

  /** In the middle of a change: whoever comes next begins anew, unless `advance` is called. */
  unsettle(): void {
    this.#of = null
  }
}

/** The chain commits to the documents. Ids it does not know, but their number only grows along one log. */
function isSameState(one: Head, other: Head): boolean {
  return one.hash === other.hash && one.size === other.size && one.hashes === other.hashes && one.ids === other.ids
}

function tableOf(state: StateView, space: string, count: number): FingerTable | null {
  const table = new FingerTable()
  for (let row = 0; table.count < count; row += 1) {
    const bytes = state.get(space, rowKey(row))
    if (bytes === null || bytes.length < fingerBytes) return null
    for (let at = 0; at < bytes.length; at += fingerBytes) table.add(numberAt(bytes, at), numberAt(bytes, at + 4))
  }
  return table
}

function numberAt(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0
}
