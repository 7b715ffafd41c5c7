import { expect, it } from 'vitest'
import { KeptBytes } from './own-bytes.ts'
import { RecentRows, weightOf } from './recent-rows.ts'

const value = new Uint8Array(100)
const weight = weightOf('k0', value)

it('recent rows are those that were used lately, and no more than fit', () => {
  const recent = new RecentRows(10 * weight, new KeptBytes())
  recent.put('s', 'k0', value)
  for (let row = 1; row <= 100; row += 1) {
    expect(recent.get('s', 'k0')).toEqual(value)
    recent.put('s', `n${row}`, value)
  }
  const kept = Array.from({ length: 101 }, (_, row) => row).filter((row) => recent.get('s', `n${row}`) !== undefined)
  expect(kept.length).toBeLessThanOrEqual(10)
  expect(kept.at(-1)).toBe(100)
  expect(recent.get('other', 'k0')).toBeUndefined()
})

it('recent rows remember also that a row is not there', () => {
  const recent = new RecentRows(10 * weight, new KeptBytes())
  recent.put('s', 'k', null)
  expect(recent.get('s', 'k')).toBeNull()
})
