import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { encodeText } from '#kit/bytes'
import { perPage, perSearchRow, rowKey, spaces } from './rows.ts'
import { gramsBytes, gramsIn, gramsOf, hasAll } from './search-grams.ts'
import { file, OneNotary } from './testing/one-notary.ts'

const words = (...texts: readonly string[]) => encodeText(texts.map((text) => `${text}\0`).join(''))

describe('NT18 grams', () => {
  it('of a row have all that stands in any of its words', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ç', '語', ' ', '\u{1f41d}'), maxLength: 20 })
    fc.assert(
      fc.property(fc.array(word), word, fc.nat(), fc.nat(), (others, one, from, length) => {
        const sought = one.slice(from % (one.length + 1)).slice(0, length)
        // Half of a letter is none, and is not found.
        if (/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(sought)) return
        expect(hasAll(gramsOf(words(...others, one)), gramsIn(encodeText(sought)))).toBe(true)
      }),
    )
  })

  it('have not what goes from one word into the next, nor what is nowhere', () => {
    const grams = gramsOf(words('contract', 'ana'))
    const has = (sought: string) => hasAll(grams, gramsIn(encodeText(sought)))
    expect(['con', 'ntra', 'act', 'ana', 'ctana', 'tan', 'xyz', 'contracts'].filter(has)).toEqual([
      'con',
      'ntra',
      'act',
      'ana',
    ])
    expect(has('zz'), 'too short to tell').toBe(true)
  })

  it('leave few rows of a thousand names to be looked through for what is nowhere', () => {
    const names = (row: number) =>
      Array.from(
        { length: perSearchRow },
        (_, at) => `report ${(row * 7_919 + at * 104_729).toString(36)} of ${at}.pdf`,
      )
    const rows = Array.from({ length: 50 }, (_, row) => gramsOf(words(...names(row))))
    const sought = Array.from({ length: 40 }, (_, at) => gramsIn(encodeText(`nowhere ${at * 31}`)))
    const looked = sought.flatMap((bits) => rows.filter((grams) => hasAll(grams, bits)))
    expect(looked.length).toBeLessThan((sought.length * rows.length) / 100)
  })
})

describe('NT18 a search', () => {
  const titles = Array.from({ length: 3 * perSearchRow }, (_, at) => `letter ${at.toString(36)}`)
  const filled = (): OneNotary => {
    const notary = new OneNotary()
    for (let at = 0; at < titles.length; at += 512) {
      notary.register(titles.slice(at, at + 512).map((title) => file(title)))
    }
    return notary
  }
  const found = (notary: OneNotary, text: string) =>
    notary.ask({ kind: 'search', text, before: null, limit: 100 }).records.map(({ title }) => title)

  it('reads no words of a row that cannot have what is sought', () => {
    const notary = filled()
    expect(notary.state.spaces.get(spaces.grams)!.get(rowKey(0))).toHaveLength(gramsBytes)
    const [get, scan] = [vi.spyOn(notary.state, 'get'), vi.spyOn(notary.state, 'scan')]
    expect(found(notary, 'nowhere at all')).toEqual([])
    expect(scan.mock.calls.map(([space]) => space)).toEqual([spaces.grams])
    const pages = get.mock.calls.flatMap(([space, key]) => (space === spaces.records ? [key] : []))
    expect(pages, 'the last record, which has no row yet').toEqual([rowKey(titles.length / perPage)])
  })

  it('finds the same where a row was written before there were grams', () => {
    const notary = filled()
    const before = found(notary, 'letter 17')
    expect(before.length).toBeGreaterThan(30)
    notary.state.delete(spaces.grams, rowKey(1))
    const other = new OneNotary()
    other.state.spaces.clear()
    for (const [space, rows] of notary.state.spaces) other.state.spaces.set(space, rows)
    expect(found(other, 'letter 17')).toEqual(before)
    expect(found(other, 'letter 17q')).toEqual(['letter 17q'])
  })
})
