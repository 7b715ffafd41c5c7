import { describe, expect, it } from 'vitest'
import { Random } from '#kit/random'
import type { RingRecord } from '../messages.ts'
import { History } from './history.ts'
import { comparePlaces } from './order.ts'
import { Ranges, without } from './ranges.ts'
import { record } from './testing/circle.ts'

const limits = { recordsMax: 100_000, charsMax: 2 ** 30 }

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items]
  return items.map(() => left.splice(random.below(left.length), 1)[0] as T)
}

describe('a history', () => {
  const records: RingRecord[] = []
  for (let sequence = 1; sequence <= 700; sequence += 1)
    for (const origin of [1, 2, 3]) records.push(record(origin, sequence, { stamp: sequence * 2 + (origin % 2) }))

  it.each(['in order', 'backwards', 'by luck'])('TK1 is sorted when they come %s', (how) => {
    const random = new Random(how)
    const sorted = [...records].sort(comparePlaces)
    const coming = how === 'in order' ? sorted : how === 'backwards' ? [...sorted].reverse() : shuffled(sorted, random)
    const history = new History(limits)
    for (const one of coming) history.add(one)
    expect([...history.newestFirst()].reverse()).toEqual(sorted)
    for (const at of [0, 1, 511, 512, 513, 1500, sorted.length - 1])
      expect([...history.newestFirst(sorted[at])].reverse()).toEqual(sorted.slice(0, at))
  })

  it('TK3 two parts that become the whole are the same as the whole', () => {
    const random = new Random('parts')
    const small = { recordsMax: 100, charsMax: 2 ** 30 }
    const whole = new History(small)
    const parts = new History(small)
    for (const one of records) whole.add(one)
    for (const one of shuffled([...records, ...records.slice(0, 300)], random)) parts.add(one)
    expect([...parts.newestFirst()]).toEqual([...whole.newestFirst()])
    expect(whole.size).toBe(100)
  })

  it('TK2 another stamping gives the place when the best one is dropped', () => {
    const history = new History({ recordsMax: 2, charsMax: 2 ** 30 })
    const { uuid } = record(9, 9)
    history.add(record(1, 1, { uuid, source: 'reference' }))
    history.add(record(2, 1, { uuid, source: 'reference', stamp: 5 }))
    history.add(record(3, 1, { stamp: 4 }))
    expect([...history.newestFirst()].map(({ stamp }) => stamp)).toEqual([5, 4])
    expect(history.places).toBe(2)
  })
})

describe('ranges', () => {
  it('are what a set would be', () => {
    const random = new Random('ranges')
    for (let run = 0; run < 200; run += 1) {
      const [ranges, taken] = [new Ranges(), new Ranges()]
      const [set, takenSet] = [new Set<number>(), new Set<number>()]
      for (let step = 0; step < 60; step += 1) {
        const sequence = 1 + random.below(30)
        if (!set.has(sequence)) ranges.add(sequence)
        else if (random.chance(1, 3)) ranges.remove(sequence)
        else continue
        if (!set.delete(sequence)) set.add(sequence)
        const other = 1 + random.below(30)
        if (takenSet.has(other)) continue
        takenSet.add(other)
        taken.add(other)
        if (random.chance(1, 2)) continue
        takenSet.delete(other)
        taken.remove(other)
      }
      expect(listed(ranges.all)).toEqual([...set].sort((one, other) => one - other))
      for (const [index, range] of ranges.all.entries())
        expect(range.from).toBeGreaterThan((ranges.all[index - 1]?.upTo ?? -1) + 1)
      expect(listed(without(ranges.all, taken.all))).toEqual(listed(ranges.all).filter((one) => !takenSet.has(one)))
    }
  })
})

function listed(ranges: readonly { readonly from: number; readonly upTo: number }[]): number[] {
  return ranges.flatMap(({ from, upTo }) => Array.from({ length: upTo - from + 1 }, (_, index) => from + index))
}
