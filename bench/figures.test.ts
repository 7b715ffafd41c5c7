import { describe, expect, it } from 'vitest'
import { median, percentile, table } from './figures.ts'

describe('figures', () => {
  it('takes the value that stands in the middle, and the slowest as the hundredth percentile', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(percentile([4, 3, 2, 1], 100)).toBe(4)
    expect(percentile([4, 3, 2, 1], 99)).toBe(4)
  })

  it('makes no figure out of nothing', () => {
    expect(() => median([])).toThrow('nothing was measured')
  })

  it('prints one line a figure', () => {
    const figures = [{ id: 'a.b', value: 1.234, unit: 'ms', beside: null, note: '5 runs' }]
    expect(table(figures)).toBe('a.b  1.23 ms    5 runs')
  })
})
