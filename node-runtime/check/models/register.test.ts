import { describe, expect, it } from 'vitest'
import type { Operation } from '../history.ts'
import { checkLinearizable } from '../linearizable.ts'
import { isLinearizable } from '../testing/brute-force.ts'
import { cas, lost, read, refused, write } from '../testing/words.ts'
import { type RegisterAnswer, type RegisterOp, register } from './register.ts'

type Story = readonly Operation<RegisterOp, RegisterAnswer>[]

const swap = (expected: number | null, value: number) => ({ expected, value })

const good: Readonly<Record<string, Story>> = {
  'nothing at all': [],
  'a read before any write': [read('a', [1, 2], null)],
  'a read that overlaps a write gives the old value': [write('a', [1, 4], 1), read('b', [2, 3], null)],
  'a read that overlaps a write gives the new value': [write('a', [1, 4], 1), read('b', [2, 3], 1)],
  'two writes overlap and the one that ended first is in force': [
    write('a', [1, 4], 1),
    write('b', [2, 3], 2),
    read('c', [5, 6], 2),
  ],
  'two writes overlap and the one that ended last is in force': [
    write('a', [1, 4], 1),
    write('b', [2, 3], 2),
    read('c', [5, 6], 1),
  ],
  'readers see a long write happen in the middle of it': [
    write('a', [1, 20], 1),
    read('b', [2, 3], null),
    read('c', [4, 5], 1),
    read('b', [6, 7], 1),
  ],
  'one of two rivals wins a cas': [
    cas('a', [1, 4], swap(null, 1), true),
    cas('b', [2, 3], swap(null, 2), false),
    read('c', [5, 6], 1),
  ],
  'a cas takes what an overlapping cas made': [
    cas('a', [1, 4], swap(1, 2), true),
    cas('b', [2, 3], swap(null, 1), true),
    read('c', [5, 6], 2),
  ],
  'KH3 a lost write is seen late': [
    lost(write('a', [1, 2], 1)),
    write('b', [3, 4], 2),
    read('b', [5, 6], 2),
    read('c', [7, 8], 1),
  ],
  'KH3 a lost write never happened': [lost(write('a', [1, 2], 1)), read('b', [3, 4], null), read('b', [5, 6], null)],
  'KH3 a refused write did not happen': [refused(write('a', [1, 2], 1)), read('b', [3, 4], null)],
  'KR2 a lost cas happened, because what it made was found; so did the lost write that it found': [
    lost(write('a', [1, 2], 1)),
    lost(cas('b', [3, 4], swap(1, 2), true)),
    read('c', [5, 6], null),
    read('c', [7, 8], 2),
  ],
  'KR6 a lost write ended the value that a cas missed': [
    lost(write('a', [1, 2], 1)),
    write('b', [3, 4], 2),
    cas('c', [5, 6], swap(2, 3), false),
  ],
  'KR6 a lost cas ended the value that a cas missed': [
    write('b', [1, 2], 2),
    lost(cas('a', [3, 4], swap(2, 9), true)),
    cas('c', [5, 6], swap(2, 3), false),
  ],
  'KS6 what was used up before a rest may be wanted after it': [
    lost(write('a', [0, 1], 9)),
    write('b', [1, 10], 1),
    write('c', [2, 9], 2),
    cas('d', [11, 12], swap(1, 7), false),
    write('b', [20, 21], 3),
    cas('d', [22, 23], swap(3, 8), false),
  ],
  'KR7 a value with two makers may be looked for after a rest': [
    write('a', [1, 9], 5),
    write('b', [2, 10], 6),
    read('c', [20, 21], 5),
    write('a', [30, 31], 5),
  ],
}

const bad: Readonly<Record<string, Story>> = {
  'a value that nobody wrote': [write('a', [1, 2], 1), read('b', [3, 4], 7)],
  'a stale read': [write('a', [1, 2], 1), write('a', [3, 4], 2), read('b', [5, 6], 1)],
  'a lost update': [write('a', [1, 2], 1), read('b', [3, 4], null)],
  'new-old inversion: two readers during one write': [
    write('a', [1, 2], 1),
    write('a', [3, 20], 2),
    read('b', [4, 5], 2),
    read('c', [6, 7], 1),
  ],
  'two readers disagree on the order of two writes': [
    write('a', [1, 10], 1),
    write('b', [2, 9], 2),
    read('c', [11, 12], 1),
    read('d', [13, 14], 2),
  ],
  'two cas take the same value': [
    write('a', [1, 2], 1),
    cas('b', [3, 6], swap(1, 2), true),
    cas('c', [4, 5], swap(1, 3), true),
  ],
  'a cas is refused though nothing else was there': [write('a', [1, 2], 1), cas('b', [3, 4], swap(1, 2), false)],
  'a cas that was done is not seen': [write('a', [1, 2], 1), cas('b', [3, 4], swap(1, 2), true), read('c', [5, 6], 1)],
  'a read of what is only written after it ended': [read('a', [1, 2], 1), write('b', [3, 4], 1)],
  'KH3 a lost write is seen and then not': [
    write('a', [1, 2], 1),
    lost(write('b', [3, 4], 2)),
    read('c', [5, 6], 2),
    read('c', [7, 8], 1),
  ],
  'KH3 a lost write happens twice': [
    lost(write('a', [1, 2], 1)),
    read('b', [3, 4], 1),
    write('b', [5, 6], 2),
    read('b', [7, 8], 1),
  ],
  'KH3 a refused write is seen': [refused(write('a', [1, 2], 1)), read('b', [3, 4], 1)],
  'KR6 one lost write cannot end two values': [
    lost(write('a', [1, 2], 9)),
    write('b', [3, 4], 1),
    cas('c', [5, 6], swap(1, 7), false),
    write('b', [7, 8], 2),
    cas('c', [9, 10], swap(2, 8), false),
  ],
  'KR8 a lost write cannot end a value before it was asked for': [
    write('b', [1, 2], 1),
    cas('c', [3, 4], swap(1, 7), false),
    lost(write('a', [5, 6], 9)),
  ],
}

describe('registers', () => {
  it.each(Object.entries(good))('are fine: %s', (_, story) => {
    expect(isLinearizable(register, story), 'the story itself').toBe(true)
    expect(checkLinearizable(register, story).kind).toBe('valid')
  })

  it.each(Object.entries(bad))('are not: %s', (_, story) => {
    expect(isLinearizable(register, story), 'the story itself').toBe(false)
    expect(checkLinearizable(register, story).kind).toBe('invalid')
  })

  it('KH2 keys are judged each on its own', () => {
    const onKey = (key: string, story: Story): Story => story.map((operation) => ({ ...operation, key }))
    const fine = good['one of two rivals wins a cas']!
    const stale = bad['a stale read']!
    expect(checkLinearizable(register, [...onKey('x', fine), ...onKey('y', fine)]).kind).toBe('valid')
    const verdict = checkLinearizable(register, [...onKey('x', fine), ...onKey('y', stale)])
    expect(verdict).toMatchObject({ kind: 'invalid', counterExample: { key: 'y' } })
  })

  it('KH1 the order in which a history is written down does not matter', () => {
    for (const story of Object.values(bad))
      expect(checkLinearizable(register, [...story].reverse()).kind).toBe('invalid')
  })
})
