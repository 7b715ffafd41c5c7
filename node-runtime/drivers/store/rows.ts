import type { Database, Statement } from 'better-sqlite3'
import { assert } from '#kit/assert'
import { type ScanRange, StoreFailure, type StoreRange, type StoreRow, spacePattern, storeLimits } from '#ports/store'
import { rowChecksum } from './checksum.ts'
import { keyToText, textToKey } from './key-text.ts'

interface StoredValue {
  readonly value: Uint8Array
  readonly checksum: number
}

interface StoredRow extends StoredValue {
  readonly key: string
}

/** SQLite reads a negative limit as none. */
const noLimit = -1

/** Above the text of every key: key-text.ts leaves no character of this plane in one. */
const aboveAllKeys = '\u{10ffff}'

/** Rows of the one table, each checked as it is read. Statements are prepared once. */
export class Rows {
  /** Spaces in which the last row that was put had been there before. */
  readonly #isUpdated = new Set<string>()
  readonly #get: Statement<[string, string], StoredValue>
  readonly #scan: Statement<[string, string, string, number], StoredRow>
  readonly #scanBackward: Statement<[string, string, string, number], StoredRow>
  readonly #scanAfter: Statement<[string, string, number], StoredRow>
  readonly #insert: Statement<[string, string, Uint8Array, number]>
  readonly #update: Statement<[Uint8Array, number, string, string]>
  readonly #delete: Statement<[string, string]>
  readonly #deleteRange: Statement<[string, string, string]>
  readonly #keyAt: Statement<[string, string, string, number], string>
  readonly #counts: Statement<[], { readonly space: string; readonly rows: number }>

  constructor(database: Database) {
    this.#get = database.prepare('SELECT value, checksum FROM store_row WHERE space = ? AND key = ?')
    const columns = 'SELECT key, value, checksum FROM store_row'
    const inRange = 'WHERE space = ? AND key >= ? AND key < ?'
    this.#scan = database.prepare(`${columns} ${inRange} ORDER BY key LIMIT ?`)
    this.#scanBackward = database.prepare(`${columns} ${inRange} ORDER BY key DESC LIMIT ?`)
    this.#scanAfter = database.prepare(`${columns} WHERE space = ? AND key > ? ORDER BY key LIMIT ?`)
    this.#insert = database.prepare('INSERT OR IGNORE INTO store_row (space, key, value, checksum) VALUES (?, ?, ?, ?)')
    this.#update = database.prepare('UPDATE store_row SET value = ?, checksum = ? WHERE space = ? AND key = ?')
    this.#delete = database.prepare('DELETE FROM store_row WHERE space = ? AND key = ?')
    this.#deleteRange = database.prepare(`DELETE FROM store_row ${inRange}`)
    const keys = database.prepare<[string, string, string, number], string>(
      `SELECT key FROM store_row ${inRange} ORDER BY key LIMIT 1 OFFSET ?`,
    )
    this.#keyAt = keys.pluck()
    this.#counts = database.prepare('SELECT space, count(*) AS rows FROM store_row GROUP BY space')
  }

  get(space: string, key: string): Uint8Array | null {
    assertPlace(space, key)
    const keyText = keyToText(key)
    const found = this.#get.get(space, keyText)
    return found === undefined ? null : checked(space, keyText, found)
  }

  scan(space: string, range: ScanRange = {}): readonly StoreRow[] {
    const { from, before } = textsOf(space, range)
    const statement = range.isBackward === true ? this.#scanBackward : this.#scan
    return statement.all(space, from, before, range.limit ?? noLimit).map((row) => toRow(space, row))
  }

  /** As scan, from after a key: what paging needs. */
  scanAfter(space: string, key: string, limit: number): readonly StoreRow[] {
    return this.#scanAfter.all(space, keyToText(key), limit).map((row) => toRow(space, row))
  }

  /** Gives back by how many rows the space grew. */
  put(space: string, key: string, value: Uint8Array): number {
    assertPlace(space, key)
    assert(value.byteLength <= storeLimits.valueBytesMax, `value of ${space}/${key}: ${value.byteLength} bytes`)
    const keyText = keyToText(key)
    const checksum = rowChecksum(space, keyText, value)
    // New rows of a log come one after the other, and so do changes of a state: what was right last is tried first.
    if (this.#isUpdated.has(space) && this.#update.run(value, checksum, space, keyText).changes === 1) return 0
    if (this.#insert.run(space, keyText, value, checksum).changes === 1) {
      this.#isUpdated.delete(space)
      return 1
    }
    this.#update.run(value, checksum, space, keyText)
    this.#isUpdated.add(space)
    return 0
  }

  delete(space: string, key: string): number {
    assertPlace(space, key)
    return -this.#delete.run(space, keyToText(key)).changes
  }

  deleteRange(space: string, range: StoreRange): number {
    const { from, before } = textsOf(space, range)
    // SQLite's own limit for a deletion collects the rows first, and takes three times as long.
    const kept = range.limit === undefined ? undefined : this.#keyAt.get(space, from, before, range.limit)
    return this.#deleteRange.run(space, from, kept ?? before).changes
  }

  countBySpace(): Map<string, number> {
    return new Map(this.#counts.all().map(({ space, rows }) => [space, rows]))
  }
}

function textsOf(space: string, { from, before }: StoreRange): { readonly from: string; readonly before: string } {
  assertPlace(space, from ?? '')
  assertPlace(space, before ?? '')
  return { from: keyToText(from ?? ''), before: before === undefined ? aboveAllKeys : keyToText(before) }
}

function toRow(space: string, row: StoredRow): StoreRow {
  return { key: textToKey(row.key), value: checked(space, row.key, row) }
}

function checked(space: string, keyText: string, { value, checksum }: StoredValue): Uint8Array {
  if (rowChecksum(space, keyText, value) === checksum) return value
  throw new StoreFailure('store-damaged', `the row ${textToKey(keyText)} of ${space} is not as it was written`)
}

function assertPlace(space: string, key: string): void {
  assert(spacePattern.test(space), `name of a space: ${space}`)
  assert(key.length <= storeLimits.keyCharsMax, `key in ${space} has ${key.length} characters`)
}
