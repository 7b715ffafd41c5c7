import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workerLimits } from '#contract/worker/protocol'
import { InvariantError } from '#kit/assert'
import { queryLimits } from '#ports/queries'
import type { StoreTx } from '#ports/store'
import { bytes, read, type StoreHome } from '#ports/testing/store-home'
import { storeSuite } from '#ports/testing/store-suite'
import type { SqliteStore } from './index.ts'
import { migrate, migrations } from './migrations.ts'
import { fillUp } from './testing/fill-up.ts'
import { type StorePlace, storePlace } from './testing/store-place.ts'

function homeBegunBy(begin: (path: string) => void): StoreHome {
  const place = storePlace()
  begin(place.path)
  let open: SqliteStore | null = null
  return {
    open: () => {
      // Closing is gentler than a power cut; what survives a kill is shown in durability.contract.test.ts.
      open?.close()
      open = place.open()
      return open
    },
    setFull: (isFull) => open?.setDisk({ slowMs: 0, isFull }),
    remove: () => {
      open?.close()
      place.remove()
    },
  }
}

/** See decision 0027. */
function withoutRowIds(path: string): void {
  const database = new Database(path)
  migrate(database, [{ version: 1, sql: `${migrations[0]?.sql}, WITHOUT ROWID` }])
  database.close()
}

storeSuite('sqlite', () => homeBegunBy(() => {}))
storeSuite('sqlite, begun by an older program,', () => homeBegunBy(withoutRowIds))

describe('the sqlite store alone', () => {
  let place: StorePlace
  let store: SqliteStore

  beforeEach(() => {
    place = storePlace()
    store = place.open({ secretSpaces: ['keys'] })
  })

  afterEach(() => {
    store.close()
    place.remove()
  })

  it('refuses a tx that outlived its transaction, as a bug', () => {
    let kept: StoreTx | null = null
    store.transaction((tx) => {
      kept = tx
    })
    expect(() => kept!.put('log', 'k', bytes('x'))).toThrow(InvariantError)
  })

  it('refuses its view inside a transaction, as a bug: it would show what is not yet committed', () => {
    const view = store.view()
    expect(() => store.transaction(() => view.get('log', 'k'))).toThrow(InvariantError)
  })

  it('refuses a use after close, as a bug, and a second close does nothing', () => {
    store.close()
    store.close()
    expect(() => store.view().get('log', 'k')).toThrow(InvariantError)
  })

  it('keeps the whole node waiting for a slow disk, for each commit and only for commits', () => {
    const slowMs = 60
    store.setDisk({ slowMs, isFull: false })
    const lasting = (work: () => void) => {
      const before = performance.now()
      work()
      return performance.now() - before
    }
    expect(lasting(() => store.transaction((tx) => tx.put('log', 'k', bytes('x'))))).toBeGreaterThanOrEqual(slowMs - 1)
    const reads = lasting(() => {
      for (let count = 0; count < 100; count += 1) store.transaction((tx) => tx.get('log', 'k'))
    })
    expect(reads).toBeLessThan(100 * slowMs)
  })

  it('leaves its file and the mark of it in its folder when it is closed', () => {
    store.transaction((tx) => tx.put('log', 'k', bytes('x')))
    store.close()
    expect([...place.files().keys()]).toEqual(['node.sqlite', 'node.sqlite-mark'])
  })

  it('is full when it has grown as far as it may, with nothing changed, and takes deletions', () => {
    store.close()
    store = place.open({ pagesMax: 20 })
    const stored = fillUp(store, 20_000)
    expect(store.view().scan('log')).toHaveLength(stored)
    expect(store.queries.tables()).toMatchObject([{ name: 'log', rows: stored }])
    store.transaction((tx) => tx.delete('log', 'big-000'))
    expect(store.view().scan('log')).toHaveLength(stored - 1)
  })

  describe('as tables', () => {
    it('shows each space with what it holds', () => {
      store.transaction((tx) => {
        tx.put('log', 'a', bytes('1'))
        tx.put('log', 'b', bytes('2'))
        tx.put('keys', 'own', bytes('secret'))
      })
      store.transaction((tx) => tx.put('log', 'a', bytes('again')))
      store.transaction((tx) => tx.delete('log', 'b'))
      const columns = (isRedacted: boolean) => [
        { name: 'key', isRedacted: false },
        { name: 'value', isRedacted },
      ]
      const expected = [
        { name: 'keys', rows: 1, columns: columns(true) },
        { name: 'log', rows: 1, columns: columns(false) },
      ]
      expect(store.queries.tables()).toEqual(expected)
      store.close()
      store = place.open({ secretSpaces: ['keys'] })
      expect(store.queries.tables()).toEqual(expected)
    })

    it('shows text as text, other bytes as hex with their size, and cuts what is long', () => {
      const long = 'x'.repeat(queryLimits.cellCharsMax + 5)
      store.transaction((tx) => {
        tx.put('log', '1-json', bytes('{"term":3,"votedFor":"n1"}'))
        tx.put('log', '2-bytes', new Uint8Array([0, 255, 16]))
        tx.put('log', '3-long', bytes(long))
        tx.put('log', '4-many', new Uint8Array(100).fill(254))
      })
      const page = store.queries.rows('log', { cursor: null, limit: 10 })
      expect(page.ok && page.value.rows).toEqual([
        ['1-json', '{"term":3,"votedFor":"n1"}'],
        ['2-bytes', '00ff10 (3 bytes)'],
        ['3-long', `${'x'.repeat(queryLimits.cellCharsMax)}… (${long.length} characters)`],
        ['4-many', `${'fe'.repeat(64)}… (100 bytes)`],
      ])
    })

    it('says of a secret only that it is set', () => {
      store.transaction((tx) => tx.put('keys', 'own', bytes('do not tell')))
      const page = store.queries.rows('keys', { cursor: null, limit: 10 })
      expect(page.ok && page.value.rows).toEqual([['own', '(set)']])
      expect(JSON.stringify([page, store.queries.tables()])).not.toContain('tell')
    })

    it('turns pages without losing or doubling a row, also when rows come and go between', () => {
      const keys = Array.from({ length: 25 }, (_, index) => `k${String(index).padStart(2, '0')}`)
      store.transaction((tx) => {
        for (const key of keys) tx.put('log', key, bytes(key))
      })
      const seen: unknown[] = []
      let cursor: string | null = null
      do {
        const page = store.queries.rows('log', { cursor, limit: 10 })
        if (!page.ok) throw new Error(page.failure.message)
        seen.push(...page.value.rows.map(([key]) => key))
        cursor = page.value.nextCursor
        if (cursor === 'k09') store.transaction((tx) => tx.delete('log', 'k09'))
      } while (cursor !== null)
      expect(seen).toEqual(keys)
    })

    it('refuses a table it does not have and a page of no or too many rows', () => {
      store.transaction((tx) => tx.put('log', 'k', bytes('x')))
      const code = (table: string, limit: number) => {
        const page = store.queries.rows(table, { cursor: null, limit })
        return page.ok ? null : page.failure.code
      }
      expect(code('sqlite_schema', 10)).toBe('unknown-table')
      expect(code("log' OR 1", 10)).toBe('unknown-table')
      expect([0, -1, 1.5, Number.NaN, queryLimits.rowsPerPageMax + 1].map((limit) => code('log', limit))).toEqual(
        Array(5).fill('bad-request'),
      )
      expect(code('log', queryLimits.rowsPerPageMax)).toBeNull()
    })

    it('takes any text as a cursor: it comes back from the window', () => {
      store.transaction((tx) => tx.put('log', 'k', bytes('x')))
      for (const cursor of ['', 'k', '\ud800', "'; DROP TABLE store_row", 'z'.repeat(5_000)]) {
        expect(store.queries.rows('log', { cursor, limit: 1 }).ok).toBe(true)
      }
      expect(read(store.view(), 'log')).toHaveLength(1)
    })

    it('has the page limit of the pipe it is asked over', () => {
      expect(queryLimits.rowsPerPageMax).toBe(workerLimits.rowsPerPageMax)
    })
  })
})
