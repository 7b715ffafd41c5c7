import { describe, expect, it } from 'vitest'
import { InvariantError } from './assert.ts'
import { Random } from './random.ts'

const wordsMax = 0x1_0000_0000

function draws(random: Random, count: number, limit = wordsMax): number[] {
  return Array.from({ length: count }, () => random.below(limit))
}

describe('Random', () => {
  it('draws what it has always drawn: a saved case replays only while this holds', () => {
    expect(draws(new Random('colmeia'), 6)).toMatchInlineSnapshot(`
      [
        1793268528,
        558764582,
        1919330778,
        800381071,
        570336424,
        629424813,
      ]
    `)
    expect(draws(new Random(''), 3)).toMatchInlineSnapshot(`
      [
        1105043613,
        1736143078,
        1772956564,
      ]
    `)
    expect(draws(new Random('colmeia').fork('n1>n2@17'), 3)).toMatchInlineSnapshot(`
      [
        3863729097,
        203518185,
        309712455,
      ]
    `)
    expect(draws(new Random('colmeia'), 12, 6)).toMatchInlineSnapshot(`
      [
        0,
        2,
        0,
        1,
        4,
        3,
        5,
        5,
        5,
        0,
        1,
        0,
      ]
    `)
  })

  it('gives the same stream for the same seed, and another for one that is nearly the same', () => {
    expect(draws(new Random('a1'), 50)).toEqual(draws(new Random('a1'), 50))
    const firsts = Array.from({ length: 5_000 }, (_, index) => new Random(`seed ${index}`).below(wordsMax))
    // Of five thousand 32-bit words less than one pair is equal on average.
    expect(new Set(firsts).size).toBeGreaterThan(4_995)
  })

  it.each([2, 3, 6, 7, 10, 100])('below %i is fair: no number is much rarer than another', (limit) => {
    const counts = Array.from({ length: limit }, () => 0)
    const expected = 2_000
    for (const draw of draws(new Random(`fair ${limit}`), limit * expected, limit)) counts[draw]! += 1
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // Mean limit - 1, deviation sqrt(2 (limit - 1)): five deviations above it is chance no more.
    expect(chiSquare).toBeLessThan(limit - 1 + 5 * Math.sqrt(2 * (limit - 1)))
  })

  it('below a limit that does not divide the words favours no small number', () => {
    const limit = 3 * 2 ** 30
    const low = draws(new Random('bias'), 30_000, limit).filter((draw) => draw < 2 ** 30).length
    // Taking the remainder alone would put half of all draws into the lowest third.
    expect(low).toBeGreaterThan(9_500)
    expect(low).toBeLessThan(10_500)
  })

  it('below stays within its limits, from one to all words', () => {
    const random = new Random('limits')
    for (const limit of [1, 2, 1_000, wordsMax]) {
      for (const draw of draws(random, 1_000, limit)) {
        expect(Number.isInteger(draw) && draw >= 0 && draw < limit).toBe(true)
      }
    }
    for (const limit of [0, -1, 1.5, Number.NaN, wordsMax + 1]) {
      expect(() => random.below(limit)).toThrow(InvariantError)
    }
  })

  it('each bit of a word is set about half of the time', () => {
    const words = draws(new Random('bits'), 20_000)
    for (let bit = 0; bit < 32; bit += 1) {
      const set = words.filter((word) => ((word >>> bit) & 1) === 1).length
      expect(Math.abs(set - 10_000), `bit ${bit}`).toBeLessThan(400)
    }
  })

  it('chance is true as often as it says, never for none and always for all', () => {
    const random = new Random('chance')
    const wins = Array.from({ length: 20_000 }, () => random.chance(3, 10)).filter(Boolean).length
    expect(Math.abs(wins - 6_000)).toBeLessThan(330)
    expect(Array.from({ length: 1_000 }, () => random.chance(0, 10))).not.toContain(true)
    expect(Array.from({ length: 1_000 }, () => random.chance(10, 10))).not.toContain(false)
  })

  it('picks every item, and refuses to pick from none', () => {
    const random = new Random('pick')
    const picked = new Set(Array.from({ length: 200 }, () => random.pick(['a', 'b', 'c'])))
    expect([...picked].sort()).toEqual(['a', 'b', 'c'])
    expect(() => random.pick([])).toThrow(InvariantError)
  })
})

describe('a fork', () => {
  it('never disturbs its parent', () => {
    const [forking, alone] = [new Random('parent'), new Random('parent')]
    const forked = Array.from({ length: 20 }, (_, index) => {
      draws(forking.fork(`child ${index}`), 5)
      return forking.below(wordsMax)
    })
    expect(forked).toEqual(draws(alone, 20))
  })

  it('depends on seed and label only, and not on what its parent has drawn', () => {
    const random = new Random('parent')
    const before = draws(random.fork('child'), 10)
    draws(random, 100)
    expect(draws(random.fork('child'), 10)).toEqual(before)
  })

  it('of another label or of another parent is another stream', () => {
    const streams = ['a', 'b', 'a0', 'n1>n2@1', 'n1>n2@2', 'n2>n1@1'].flatMap((label) =>
      ['p', 'q'].map((seed) => draws(new Random(seed).fork(label), 4).join()),
    )
    expect(new Set(streams).size).toBe(streams.length)
  })

  it('of consecutive labels is fair as well: luck is keyed by tick', () => {
    const first = Array.from({ length: 20_000 }, (_, tick) => new Random('run').fork(`n1>n2@${tick}`).below(100))
    const low = first.filter((draw) => draw < 25).length
    expect(Math.abs(low - 5_000)).toBeLessThan(310)
    const pairs = first.slice(1).filter((draw, index) => draw < 50 && (first[index] ?? 0) < 50).length
    expect(Math.abs(pairs - 5_000)).toBeLessThan(350)
  })
})
