import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { folded } from './fold.ts'
import { type NotaryAnswers, notaryLimits, type Registration } from './messages.ts'
import { perSearchRow } from './rows.ts'
import { file, OneNotary, text } from './testing/one-notary.ts'

/** All of it, from call to call. */
function found(notary: OneNotary, words: string, limit = 100): readonly number[] {
  const indexes: number[] = []
  for (let before: number | null = null, calls = 0; calls < 1_000; calls += 1) {
    const { records, next }: NotaryAnswers['search'] = notary.ask({ kind: 'search', text: words, before, limit })
    indexes.push(...records.map(({ index }) => index))
    if (next === null) return indexes
    if (before !== null) expect(next).toBeLessThan(before)
    before = next
  }
  throw new Error('a search has no end')
}

const registered = (...registrations: readonly Registration[]): OneNotary => {
  const notary = new OneNotary()
  notary.register(registrations)
  return notary
}

describe('NT12 a folded text', () => {
  it.each([
    ['PROCURAÇÃO', 'procuracao'],
    ['Łódź Ærø Straße þing', 'lodz aero strasse thing'],
    ['Ação', 'acao'],
    ['Ă ǎ ắ Ẽ ÿ ß ı', 'a a a e y ss i'],
    ['a\tb\nc\u00a0d', 'a b c d'],
    ['ЖУК Ё ΑΩ', 'жук ё αω'],
    ['語 \u{1f41d} ×÷', '語 \u{1f41d} ×÷'],
  ])('%s is sought as %s', (words, expected) => {
    expect(folded(words)).toBe(expected)
  })

  it('is what the platform makes of Latin letters with accents', () => {
    const letters = [
      ...Array.from({ length: 0x190 }, (_, at) => 0xc0 + at),
      ...Array.from({ length: 256 }, (_, at) => 0x1e00 + at),
    ]
    for (const letter of letters.map((point) => String.fromCodePoint(point))) {
      const [base = '', accent] = [...letter.normalize('NFD')]
      if (accent !== undefined && /[A-Za-z]/.test(base)) expect(folded(letter), letter).toBe(base.toLowerCase())
    }
  })

  it('is never longer in bytes, and folding it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        expect(folded(folded(words))).toBe(folded(words))
        expect(Buffer.byteLength(folded(words))).toBeLessThanOrEqual(Buffer.byteLength(words))
      }),
    )
  })
})

describe('NT12 a search', () => {
  it('finds title, registrant and how a text begins, newest first', () => {
    const notary = registered(
      file('Procuração de Ana'),
      { ...file('b'), registrant: 'José PROCURA' },
      text('Uma procuracao qualquer'),
      file('other'),
    )
    expect(found(notary, 'procurA')).toEqual([3, 2, 1])
    expect(found(notary, 'jose')).toEqual([2])
    expect(found(notary, 'bJosé')).toEqual([])
    expect(found(notary, 'nothing of that')).toEqual([])
    expect(found(notary, 'genesis')).toEqual([0])
  })

  it('finds a record once, however often it has what is sought', () => {
    expect(found(registered(file('aaaa'), file('aaab aaa')), 'aa')).toEqual([2, 1])
  })

  it('goes on where it ended, with any limit', () => {
    const notary = new OneNotary()
    notary.fill(2 * perSearchRow + 300)
    const all = Array.from({ length: 2 * perSearchRow + 300 }, (_, at) => at + 1)
    const expected = all.filter((index) => `document ${index}`.includes('17')).reverse()
    for (const limit of [1, 7, 1_000]) expect(found(notary, 'NT 17'.slice(3), limit)).toEqual(expected)
    expect(found(notary, '').slice(0, 3)).toEqual([2_348, 2_347, 2_346])
    expect(found(notary, '')).toHaveLength(2_349)
    expect(notary.ask({ kind: 'search', text: '17', before: 18, limit: 5 }).records.map(({ index }) => index)).toEqual([
      17,
    ])
    expect(notary.ask({ kind: 'search', text: '17', before: 17, limit: 5 })).toEqual({ records: [], next: null })
  })

  it('finds what a plain look through all finds', () => {
    const word = fc.stringMatching(/^[abAÁ ]{0,6}$/)
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), word, (titles, sought) => {
        const notary = registered(...titles.map((title, at) => ({ ...file(`x${at}`), title, registrant: '-' })))
        const expected = titles
          .flatMap((title, at) => (folded(title).includes(folded(sought)) ? [at + 1] : []))
          .reverse()
        expect(found(notary, sought).filter((index) => index > 0)).toEqual(expected)
      }),
    )
  })

  it('writes a row for so many records once, and it fits', () => {
    const notary = new OneNotary()
    const long = {
      title: '語'.repeat(notaryLimits.titleBytesMax / 3),
      registrant: 'é'.repeat(notaryLimits.registrantBytesMax / 2),
    }
    for (let at = 0; at < perSearchRow + 10; at += 1)
      notary.register([{ ...text(`${at} ${'語'.repeat(200)}`), ...long }])
    const rows = notary.state.spaces.get('search')!
    expect(rows.size).toBe(1)
    expect([...rows.values()][0]!.length).toBeLessThan(1024 * 1024)
    expect(found(notary, '1030 ')).toEqual([1_031])
  })

  it('answers no text that is longer than a search may be', () => {
    const notary = registered(file('a'))
    const words = 'a'.repeat(notaryLimits.searchTextBytesMax + 1)
    expect(notary.ask({ kind: 'search', text: words, before: null, limit: 5 })).toEqual({ records: [], next: null })
  })

  it('NT8 finds in each state what stands there, though one machine remembers rows of another', () => {
    const [one, other] = [new OneNotary(), new OneNotary()]
    other.machine = one.machine
    one.fill(perSearchRow + 5)
    expect(found(one, 'document 77')).toContain(77)
    other.register([file('another')])
    other.fill(2 * perSearchRow)
    expect(found(other, 'document 77')).toEqual([...Array.from({ length: 10 }, (_, at) => 779 - at), 77])
    expect(found(other, 'another')).toEqual([1])
    one.fill(perSearchRow)
    expect(found(one, 'another')).toEqual([])
  })
})
