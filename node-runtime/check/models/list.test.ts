import { describe, expect, it } from 'vitest'
import type { Operation } from '../history.ts'
import { checkLinearizable } from '../linearizable.ts'
import { isLinearizable } from '../testing/brute-force.ts'
import { append, lost, readList, refused } from '../testing/words.ts'
import { type ListAnswer, type ListOp, list } from './list.ts'

type Story = readonly Operation<ListOp, ListAnswer>[]

const good: Readonly<Record<string, Story>> = {
  'an empty list': [readList('a', [1, 2], [])],
  'KL1 overlapping appends stand as a later read shows them': [
    append('a', [1, 6], 1),
    append('b', [2, 5], 2),
    append('c', [3, 4], 3),
    readList('d', [7, 8], [3, 1, 2]),
  ],
  'a read in the middle of two appends': [
    append('a', [1, 10], 1),
    append('b', [2, 9], 2),
    readList('c', [3, 4], [2]),
    readList('c', [5, 6], [2, 1]),
  ],
  'KL3 appends that nobody reads': [append('a', [1, 4], 1), append('b', [2, 3], 2), lost(append('c', [5, 6], 3))],
  'KH3 a lost append shows up late': [
    lost(append('a', [1, 2], 1)),
    append('b', [3, 4], 2),
    readList('b', [5, 6], [2]),
    readList('b', [7, 8], [2, 1]),
  ],
  'KL4 a lost append does not show up': [lost(append('a', [1, 2], 1)), readList('b', [3, 4], [])],
  'the same value is appended twice': [append('a', [1, 2], 1), append('a', [3, 4], 1), readList('b', [5, 6], [1, 1])],
}

const bad: Readonly<Record<string, Story>> = {
  'an append that was acknowledged is gone': [append('a', [1, 2], 1), readList('b', [3, 4], [])],
  'an append that was acknowledged is gone from the middle': [
    append('a', [1, 2], 1),
    append('a', [3, 4], 2),
    readList('b', [5, 6], [2]),
  ],
  'KL2 two readers see two orders': [
    append('a', [1, 10], 1),
    append('b', [2, 9], 2),
    readList('c', [3, 4], [1, 2]),
    readList('d', [5, 6], [2, 1]),
  ],
  'a command that was applied twice': [append('a', [1, 2], 1), readList('b', [3, 4], [1, 1])],
  'a lost command that was applied twice': [lost(append('a', [1, 2], 1)), readList('b', [3, 4], [1, 1])],
  'a list that shrinks': [append('a', [1, 2], 1), readList('b', [3, 4], [1]), readList('b', [5, 6], [])],
  'real time is turned round between two clients': [
    append('a', [1, 2], 1),
    append('b', [3, 4], 2),
    readList('c', [5, 6], [2, 1]),
  ],
  'a refused append that is there': [refused(append('a', [1, 2], 1)), readList('b', [3, 4], [1])],
  'KL3 a short list after an append that nobody read': [
    append('a', [1, 2], 1),
    readList('b', [3, 4], [1]),
    append('a', [5, 6], 2),
    readList('b', [7, 8], [1]),
  ],
}

describe('lists', () => {
  it.each(Object.entries(good))('are fine: %s', (_, story) => {
    expect(isLinearizable(list, story), 'the story itself').toBe(true)
    expect(checkLinearizable(list, story).kind).toBe('valid')
  })

  it.each(Object.entries(bad))('are not: %s', (_, story) => {
    expect(isLinearizable(list, story), 'the story itself').toBe(false)
    expect(checkLinearizable(list, story).kind).toBe('invalid')
  })
})
