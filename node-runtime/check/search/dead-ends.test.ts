import { describe, expect, it } from 'vitest'
import { DeadEnds } from './dead-ends.ts'

describe('the memory of the search', () => {
  it('KS2 lets nobody in twice', () => {
    const deadEnds = new DeadEnds()
    expect([deadEnds.enter('a', []), deadEnds.enter('b', []), deadEnds.enter('a', [])]).toEqual([true, true, false])
    expect(deadEnds.size).toBe(2)
  })

  it('KS3 lets in who has used less, or something else', () => {
    const deadEnds = new DeadEnds()
    expect(deadEnds.enter('a', [1, 2])).toBe(true)
    expect(deadEnds.enter('a', [2, 1])).toBe(false)
    expect(deadEnds.enter('a', [2, 3, 1])).toBe(false)
    expect(deadEnds.enter('a', [3])).toBe(true)
    expect(deadEnds.enter('a', [1])).toBe(true)
    expect(deadEnds.enter('a', [])).toBe(true)
    expect(deadEnds.enter('a', [4])).toBe(false)
  })

  it('KS6 knows nothing any more after it forgot', () => {
    const deadEnds = new DeadEnds()
    deadEnds.enter('a', [])
    deadEnds.forget()
    expect([deadEnds.size, deadEnds.enter('a', [])]).toEqual([0, true])
  })
})
