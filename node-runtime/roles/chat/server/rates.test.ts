import { describe, expect, it } from 'vitest'
import { Rates } from './rates.ts'

describe('a rate', () => {
  it('lets a few through at once, then as many as its minute has, for each on its own', () => {
    const rates = new Rates({ burst: 3, perMinute: 60 })
    const taken = (key: string, nowMs: number) => rates.takes(key, nowMs)
    expect([1, 2, 3, 4].map(() => taken('ana', 0))).toEqual([true, true, true, false])
    expect(taken('bia', 0)).toBe(true)
    expect(taken('ana', 500)).toBe(false)
    expect(taken('ana', 1_000)).toBe(true)
    expect(taken('ana', 1_001)).toBe(false)
    expect([1, 2, 3, 4].map(() => taken('ana', 100_000))).toEqual([true, true, true, false])
  })

  it('does not run backward with a clock that is set back', () => {
    const rates = new Rates({ burst: 1, perMinute: 60 })
    expect(rates.takes('ana', 10_000)).toBe(true)
    expect(rates.takes('ana', 0)).toBe(false)
    expect(rates.takes('ana', 1_000)).toBe(true)
  })
})
