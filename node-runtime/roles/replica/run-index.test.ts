import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { RunIndex } from './run-index.ts'

describe('an index of runs', () => {
  const runsAt = (...firsts: number[]): RunIndex => {
    const runs = new RunIndex()
    for (const first of firsts) runs.add(first, 10)
    return runs
  }

  it('finds the run that holds an index', () => {
    const runs = runsAt(1, 4, 9)
    expect([1, 3, 4, 8, 9, 100].map((index) => runs.runOf(index))).toEqual([1, 1, 4, 4, 9, 9])
    expect(runs.runOf(0)).toBeNull()
    expect(new RunIndex().runOf(1)).toBeNull()
  })

  it('weighs what it holds, whatever is dropped at either end', () => {
    const runs = runsAt(1, 4, 9, 20)
    runs.dropFrom(20)
    expect(runs.bytes).toBe(30)
    expect(runs.dropBelow(5)).toBe(1)
    expect([runs.count, runs.bytes]).toEqual([2, 20])
    runs.add(20, 5)
    expect(runs.bytes).toBe(25)
    runs.dropFrom(0)
    expect([runs.count, runs.bytes]).toEqual([0, 0])
  })

  it('keeps the run that holds the index below which it drops', () => {
    const runs = runsAt(1, 4, 9)
    expect(runs.dropBelow(8)).toBe(1)
    expect(runs.runOf(8)).toBe(4)
    expect(runs.runOf(3)).toBeNull()
    expect(runs.dropBelow(3)).toBe(0)
  })

  it('knows from which run on so many bytes are left', () => {
    const runs = runsAt(1, 4, 9)
    expect([9, 10, 19, 20, 30, 99].map((bytes) => runs.runKeeping(bytes))).toEqual([null, 9, 9, 4, 1, 1])
    runs.dropBelow(4)
    expect(runs.runKeeping(99)).toBe(4)
  })

  it('takes runs in order only', () => {
    expect(() => runsAt(4, 4)).toThrow(InvariantError)
  })

  it('stays small when it is used like a log: long, and dropped at its beginning', () => {
    const runs = new RunIndex()
    for (let first = 1; first <= 10_000; first += 1) {
      runs.add(first, 3)
      runs.dropBelow(first - 10)
    }
    expect([runs.count, runs.bytes]).toEqual([11, 33])
    expect(runs.runOf(9_995)).toBe(9_995)
  })
})
