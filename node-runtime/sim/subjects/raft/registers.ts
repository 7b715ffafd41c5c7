import type { Entry } from '#cores/raft/entry'
import { assert } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'

export const registerKeys = 6

/** What stands under a key. It counts, because a write that is applied twice would otherwise leave no trace. */
export interface Register {
  readonly key: number
  readonly count: number
  /** The newest operation that wrote it. */
  readonly last: number
}

interface Write {
  readonly key: number
  readonly op: number
}

/** The state machine that is replicated: a handful of registers, and a digest that is cheap to keep up to date. */
export class Registers {
  readonly #rows: (Register | undefined)[] = []
  #digest = 0

  constructor(rows: readonly Register[] = []) {
    for (const row of rows) this.put(row)
  }

  get digest(): number {
    return this.#digest
  }

  get rows(): readonly Register[] {
    return this.#rows.filter((row) => row !== undefined)
  }

  get(key: number): Register {
    return this.#rows[key] ?? { key, count: 0, last: 0 }
  }

  put(row: Register): void {
    const before = this.#rows[row.key]
    this.#digest = (this.#digest - (before === undefined ? 0 : hashOf(before)) + hashOf(row)) | 0
    this.#rows[row.key] = row
  }

  /** Gives back what it changed; null: nothing. */
  apply(entry: Entry): Register | null {
    if (entry.kind !== 'command') return null
    const { key, op } = decodeWrite(entry.payload)
    const row = { key, count: this.get(key).count + 1, last: op }
    this.put(row)
    return row
  }
}

export function encodeWrite({ key, op }: Write): Uint8Array {
  return new ByteWriter(9).byte(key).number(op).done()
}

export function decodeWrite(payload: Uint8Array): Write {
  const reader = new ByteReader(payload)
  const write = { key: reader.byte(), op: reader.count() }
  assert(reader.isDone, 'what was proposed is what is applied')
  return write
}

export function encodeRegisters(rows: readonly Register[]): Uint8Array {
  const writer = new ByteWriter(17 * rows.length)
  for (const { key, count, last } of rows) writer.byte(key).number(count).number(last)
  return writer.done()
}

export function decodeRegisters(bytes: Uint8Array): readonly Register[] {
  const reader = new ByteReader(bytes)
  const rows: Register[] = []
  for (let left = bytes.length / 17; left > 0; left -= 1)
    rows.push({ key: reader.byte(), count: reader.count(), last: reader.count() })
  assert(reader.isDone, 'what was kept is what is read')
  return rows
}

function hashOf({ key, count, last }: Register): number {
  let hash = Math.imul(key + 1, 0x9e3779b1) ^ Math.imul(count, 0x85ebca6b)
  hash = Math.imul(hash ^ (last | 0), 0xc2b2ae35) ^ Math.floor(last / 0x1_0000_0000)
  return Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f)
}
