import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '#contract/worker/desk'
import { fakeRecord } from '../../bridge/fake/fake-records.ts'
import { makeFormat } from '../../i18n/format.ts'
import { createTranslations } from '../../i18n/translations.ts'
import type { Speech } from '../../i18n/use-words.ts'
import { breaksOf, holeOf } from './chain/breaks.ts'
import { endOf, missingPlaces, pageLimits, type RecordPages, recordAt, withRecords } from './documents/record-pages.ts'
import { stationsOf, wayOf } from './register/way.ts'

const at = Date.UTC(2026, 10, 21, 11, 0, 0)

async function speech(language: 'en' | 'pt-BR'): Promise<Speech> {
  const { t } = await createTranslations(language)
  return { t, format: makeFormat(language), language }
}

describe('the way of a document', () => {
  const record = { ...fakeRecord(12, at), registrant: 'Ana' }
  const item: OutboxItem = {
    position: 1,
    order: { id: 'a', document: { kind: 'file', sha256: '', bytes: 1 }, title: 'a', registrant: '' },
    state: 'waiting',
    record: null,
    copies: null,
    whyRefused: null,
    attempts: 0,
    takenWallMs: at,
  }
  const all: readonly OutboxItem[] = [
    item,
    { ...item, attempts: 2 },
    { ...item, state: 'sent' },
    { ...item, state: 'in-log', record },
    { ...item, state: 'in-log', record, copies: 2 },
    { ...item, state: 'co-signed', record },
    { ...item, state: 'co-signed', record, copies: 3 },
    { ...item, state: 'already', record },
    { ...item, state: 'refused', whyRefused: 'malformed' },
    { ...item, state: 'refused', whyRefused: 'something-new' },
  ]

  it('is a sentence at each station', async () => {
    const english = await speech('en')
    expect(all.map((one) => wayOf(one, 3, english))).toEqual([
      'waits here, on this disk',
      'waits here, on this disk; asked 2 times',
      'sent; no answer yet',
      'in the log as #12',
      'in the log as #12, on 2 of 3 disks',
      'in the log as #12, co-signed; receipt ready',
      'in the log as #12, on 3 of 3 disks, co-signed; receipt ready',
      expect.stringMatching(/^already registered as #12 on .+ by Ana; its first receipt counts$/),
      'refused: title or name has characters that the chain cannot hold',
      'refused: the notary does not take it (code something-new)',
    ])
  })

  it('goes on from station to station', () => {
    const drawn = (one: OutboxItem) =>
      stationsOf(one, 3)
        .map(({ done }) => ({ true: '#', part: '+', false: '.' })[done])
        .join('')
    expect(all.map(drawn)).toEqual([
      '#....',
      '#....',
      '##...',
      '###..',
      '###+.',
      '###.#',
      '#####',
      '#####',
      '.....',
      '.....',
    ])
    expect(drawn({ ...item, state: 'in-log', copies: 3 })).toBe('####.')
  })

  it('leaves no place empty, in either language', async () => {
    for (const language of ['en', 'pt-BR'] as const) {
      const spoken = await speech(language)
      for (const one of all) expect(wayOf(one, 3, spoken)).not.toMatch(/\{\{|undefined|notary\./)
    }
  })
})

describe('the chain', () => {
  const one = fakeRecord(4, at)
  const next = fakeRecord(5, at)

  it('fits where nobody changed anything', () => {
    expect(breaksOf(one, null, [])).toEqual([])
    expect(breaksOf(next, one, [])).toEqual([])
  })

  it('breaks at a block whose content was changed, and at the one that names it', () => {
    const changed = { ...one, title: 'another', computedHash: 'ff' }
    expect(breaksOf(changed, fakeRecord(3, at), [])).toEqual([{ kind: 'hash' }])
    expect(breaksOf(next, changed, [])).toEqual([{ kind: 'link' }])
  })

  it('breaks where the peer itself says that its copy is wrong, and says it once', () => {
    const said = [{ index: 4, check: 'block-hash' }]
    expect(breaksOf({ ...one, computedHash: 'ff' }, fakeRecord(3, at), said)).toEqual([
      { kind: 'copy', check: 'block-hash' },
    ])
    expect(breaksOf(next, one, said)).toEqual([])
  })

  it('ends at a record that cannot be read', () => {
    expect(holeOf([one], [{ index: 5, check: 'unreadable' }])).toEqual({ index: 5, check: 'unreadable' })
    expect(holeOf([], [{ index: 0, check: 'missing' }])).toEqual({ index: 0, check: 'missing' })
    expect(holeOf([one, next], [{ index: 4, check: 'tree' }])).toBeNull()
  })
})

describe('a register of a million records', () => {
  const page = (number: number) =>
    Array.from({ length: pageLimits.rowsPerPage }, (_, index) => fakeRecord(endOf(number) - 1 - index, at))

  it('asks only for the pages in sight that are not there yet', () => {
    const pages = withRecords(new Map(), endOf(9_998), page(9_998))
    expect(missingPlaces(pages, { from: 999_790, to: 999_920 })).toEqual([endOf(9_999), endOf(9_997)])
    expect(recordAt(pages, 999_850)?.index).toBe(999_850)
    expect(recordAt(pages, 999_900)).toBeNull()
  })

  it('asks again for a page that has grown since', () => {
    const half = page(0).filter(({ index }) => index < 50)
    const pages = withRecords(new Map(), endOf(0), half)
    expect(missingPlaces(pages, { from: 10, to: 49 })).toEqual([])
    expect(missingPlaces(pages, { from: 10, to: 50 })).toEqual([endOf(0)])
  })

  it('goes on within a page whose records are too long for one answer', () => {
    const all = page(3)
    let pages = withRecords(new Map(), endOf(3), all.slice(0, 16))
    expect(missingPlaces(pages, { from: 390, to: 399 })).toEqual([])
    expect(missingPlaces(pages, { from: 360, to: 399 })).toEqual([384])
    pages = withRecords(pages, 384, all.slice(16, 32))
    expect(missingPlaces(pages, { from: 360, to: 399 })).toEqual([368])
    expect([399, 384, 383, 368].map((index) => recordAt(pages, index)?.index)).toEqual([399, 384, 383, 368])
  })

  it('keeps a bounded part, and forgets what was needed longest ago', () => {
    let pages: RecordPages = new Map()
    for (let number = 0; number <= pageLimits.pagesMax; number += 1) pages = withRecords(pages, endOf(number), [])
    expect(pages.size).toBe(pageLimits.pagesMax)
    expect(pages.has(0)).toBe(false)
  })
})
