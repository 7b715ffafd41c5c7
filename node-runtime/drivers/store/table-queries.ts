import type { TableInfo, TablePage } from '#contract/worker/view'
import { fail, ok, type Result } from '#kit/result'
import { type Queries, queryLimits } from '#ports/queries'
import { StoreFailure, type StoreRow } from '#ports/store'
import type { Rows } from './rows.ts'

/** Shown in place of a secret: that it is set, and nothing of it, not even its length. */
export const redacted = '(set)'

/** Spaces as tables with the columns key and value. */
export class TableQueries implements Queries {
  readonly #rows: Rows
  readonly #counts: ReadonlyMap<string, number>
  readonly #secretSpaces: ReadonlySet<string>

  constructor(rows: Rows, counts: ReadonlyMap<string, number>, secretSpaces: readonly string[]) {
    this.#rows = rows
    this.#counts = counts
    this.#secretSpaces = new Set(secretSpaces)
  }

  tables(): readonly TableInfo[] {
    return [...this.#counts]
      .filter(([, rows]) => rows > 0)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, rows]) => ({
        name,
        rows,
        columns: [
          { name: 'key', isRedacted: false },
          { name: 'value', isRedacted: this.#secretSpaces.has(name) },
        ],
      }))
  }

  rows(table: string, page: { readonly cursor: string | null; readonly limit: number }): Result<TablePage> {
    if (!this.#counts.has(table)) return fail('unknown-table', `no table ${JSON.stringify(table.slice(0, 80))}`)
    if (!Number.isInteger(page.limit) || page.limit < 1 || page.limit > queryLimits.rowsPerPageMax) {
      return fail('bad-request', `rows a page: 1 to ${queryLimits.rowsPerPageMax}, not ${page.limit}`)
    }
    try {
      return ok(this.#page(table, page))
    } catch (error) {
      if (error instanceof StoreFailure) return fail(error.code, error.message)
      throw error
    }
  }

  #page(table: string, page: { readonly cursor: string | null; readonly limit: number }): TablePage {
    // One more than asked for tells whether there is a next page, without a second look.
    const wanted = page.limit + 1
    const found =
      page.cursor === null
        ? this.#rows.scan(table, { limit: wanted })
        : this.#rows.scanAfter(table, page.cursor, wanted)
    const shown = found.slice(0, page.limit)
    const isSecret = this.#secretSpaces.has(table)
    return {
      rows: shown.map((row) => [cell(row.key), isSecret ? redacted : valueText(row)]),
      nextCursor: found.length > shown.length ? (shown.at(-1)?.key ?? null) : null,
    }
  }
}

/** Bytes as a person can read them: as text where they are text (JSON is), otherwise as hex with the size. */
function valueText({ value }: StoreRow): string {
  const text = printable(value)
  if (text !== null) return cell(text)
  const hex = Buffer.from(value.buffer, value.byteOffset, Math.min(value.byteLength, hexBytesMax)).toString('hex')
  return `${hex}${value.byteLength > hexBytesMax ? '…' : ''} (${value.byteLength} bytes)`
}

const hexBytesMax = 64

function printable(value: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value)
    return hasControl.test(text) ? null : text
  } catch {
    return null // not UTF-8, so not text; the caller shows it as hex
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what makes bytes unprintable.
const hasControl = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

function cell(text: string): string {
  if (text.length <= queryLimits.cellCharsMax) return text
  return `${text.slice(0, queryLimits.cellCharsMax)}… (${text.length} characters)`
}
