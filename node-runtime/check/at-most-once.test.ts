import { describe, expect, it } from 'vitest'
import { atMostOnce } from './at-most-once.ts'
import { append, lost, readList, refused } from './testing/words.ts'

describe('at most once', () => {
  it('is kept when each value stands there as often as it was asked for, or less', () => {
    const history = [append('a', [1, 2], 'x'), lost(append('a', [3, 4], 'y')), append('b', [5, 6], 'x')]
    expect(atMostOnce(history, new Map([['k', ['x', 'y', 'x']]]))).toBeNull()
    expect(atMostOnce(history, new Map([['k', ['x']]]))).toBeNull()
  })

  it('is broken by a command that was sent again and executed again', () => {
    const history = [append('a', [1, 2], 'x')]
    expect(atMostOnce(history, new Map([['k', ['x', 'x']]]))).toBe(
      'key k, at the end: "x" stands there 2 times, and may at most 1 times',
    )
  })

  it('is broken by a read, even if the end is fine', () => {
    const history = [append('a', [1, 2], 'x'), readList('b', [3, 4], ['x', 'x'])]
    expect(atMostOnce(history, new Map([['k', ['x']]]))).toBe(
      'key k, read by b at 3: "x" stands there 2 times, and may at most 1 times',
    )
  })

  it('is broken by what was refused, by what nobody asked for, and by what belongs to another key', () => {
    const history = [refused(append('a', [1, 2], 'x'))]
    expect(atMostOnce(history, new Map([['k', ['x']]]))).toContain('may at most 0 times')
    expect(atMostOnce([], new Map([['k', ['x']]]))).toContain('may at most 0 times')
    expect(atMostOnce([append('a', [1, 2], 'x')], new Map([['other', ['x']]]))).toContain('key other')
  })
})
