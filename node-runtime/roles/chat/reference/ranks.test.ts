import { describe, expect, it } from 'vitest'
import { type RankRow, Ranks, rankLimits } from './ranks.ts'

const { silentMs, foreignMax } = rankLimits

/** Takes a name in, as the reference does. */
function takenIn(ranks: Ranks, name: string, nowMs = 0): number | null {
  const place = ranks.place(name, nowMs)
  if (place.kind === 'refused') return null
  if (place.kind === 'new') ranks.keep(place.row, nowMs)
  ranks.heard(name, nowMs, nowMs)
  return place.row.rank
}

const here = (ranks: Ranks): readonly string[] => ranks.available().map(({ name }) => name)

describe('ranks', () => {
  it('are given once by name, and never twice', () => {
    const ranks = new Ranks([], [], 0)
    expect(['b', 'a', 'b', 'c', 'a'].map((name) => takenIn(ranks, name))).toEqual([1, 2, 1, 3, 2])
    expect(ranks.all.map(({ name }) => name)).toEqual(['b', 'a', 'c'])
  })

  it('are the same after a restart, and a newcomer gets one that nobody had', () => {
    const rows: readonly RankRow[] = [
      { name: 'a', rank: 1, lastBeatMs: 5, isHere: false },
      { name: 'b', rank: 7, lastBeatMs: 5, isHere: true },
    ]
    const ranks = new Ranks([], rows, 100)
    expect([takenIn(ranks, 'c', 100), takenIn(ranks, 'a', 100)]).toEqual([8, 1])
  })

  it('after a restart, whoever was here has time to be heard of again', () => {
    const rows: readonly RankRow[] = [
      { name: 'gone', rank: 1, lastBeatMs: 5, isHere: false },
      { name: 'here', rank: 2, lastBeatMs: 5, isHere: true },
    ]
    const ranks = new Ranks([], rows, 100)
    expect(here(ranks)).toEqual(['here'])
    expect(ranks.look(100 + silentMs - 1)).toEqual([])
    expect(ranks.look(100 + silentMs).map(({ name }) => name)).toEqual(['here'])
    expect(here(ranks)).toEqual([])
  })

  it('a server that is silent drops out, and comes back under its rank', () => {
    const ranks = new Ranks([], [], 0)
    takenIn(ranks, 'a', 0)
    takenIn(ranks, 'b', 0)
    ranks.heard('b', silentMs - 1, 0)
    expect(ranks.look(silentMs).map(({ name }) => name)).toEqual(['a'])
    expect(here(ranks)).toEqual(['b'])
    expect(ranks.heard('a', silentMs + 1, 0)).toMatchObject({ name: 'a', rank: 1, isHere: true })
    expect(ranks.heard('a', silentMs + 2, 0)).toBeNull()
    expect(here(ranks)).toEqual(['a', 'b'])
  })

  it('have a bound for foreign names that ours do not share', () => {
    const ranks = new Ranks(['ours'], [], 0)
    for (let count = 0; count < foreignMax; count += 1) expect(takenIn(ranks, `f${count}`)).toBe(count + 1)
    expect(ranks.place('one more', 0)).toEqual({ kind: 'refused', why: 'too-many' })
    expect(takenIn(ranks, 'f0')).toBe(1)
    expect(takenIn(ranks, 'ours')).toBe(foreignMax + 1)
  })

  it.each(['x'.repeat(65), 'a\u202eb', 'a\ufe0f', 'servers'])('are not given to %j, which is no name', (name) => {
    expect(new Ranks([], [], 0).place(name, 0)).toEqual({ kind: 'refused', why: 'name-not-allowed' })
    const before = new Ranks([], [{ name, rank: 3, lastBeatMs: 5, isHere: false }], 0)
    expect(takenIn(before, name)).toBe(3)
  })
})
