import { describe, expect, it } from 'vitest'
import { acknowledgedSurvives } from './acknowledged-survives.ts'
import type { Value } from './history.ts'
import { append, lost, refused } from './testing/words.ts'

const finals = (...values: readonly Value[]) => new Map([['k', values]])

describe('what was acknowledged', () => {
  it('is there, in an order that real time allows', () => {
    const history = [append('a', [1, 4], 'x'), append('b', [2, 3], 'y'), append('a', [5, 6], 'z')]
    expect(acknowledgedSurvives(history, finals('x', 'y', 'z'))).toBeNull()
    expect(acknowledgedSurvives(history, finals('y', 'x', 'z'))).toBeNull()
  })

  it('may have others beside it, of which nobody knows', () => {
    const history = [append('a', [1, 2], 'x'), lost(append('b', [3, 4], 'y')), refused(append('b', [5, 6], 'z'))]
    expect(acknowledgedSurvives(history, finals('x'))).toBeNull()
    expect(acknowledgedSurvives(history, finals('x', 'y'))).toBeNull()
  })

  it('is lost if it is not there, or if its list is not', () => {
    const history = [append('a', [1, 2], 'x'), append('a', [3, 4], 'y')]
    expect(acknowledgedSurvives(history, finals('x'))).toBe('key k: "y" was acknowledged to a at 4 and is lost')
    expect(acknowledgedSurvives(history, new Map())).toBe('key k: "x" was acknowledged to a at 2 and is lost')
  })

  it('stands in no order that turns real time round, also between two clients and over others', () => {
    const history = [append('a', [1, 2], 'x'), append('b', [1, 9], 'w'), append('b', [3, 4], 'y')]
    expect(acknowledgedSurvives(history, finals('y', 'w', 'x'))).toBe(
      'key k: "x" was acknowledged before "y" was asked for, and stands after it',
    )
  })

  it('was acknowledged before a lost one was even asked for, and stands before it', () => {
    const history = [append('a', [1, 2], 'x'), lost(append('b', [3, 4], 'y'))]
    expect(acknowledgedSurvives(history, finals('y', 'x'))).toContain('stands after it')
  })
})
