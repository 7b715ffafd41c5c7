import { describe, expect, it } from 'vitest'
import { RoleChaos } from './testing/role-chaos.ts'

const seeds = 60
const troubleMs = 12_000

describe('whole roles in trouble', () => {
  it('lose nothing that they acknowledged, do nothing twice, and read what was there', () => {
    const reached = new Set<string>()
    let acknowledged = 0
    let uncertain = 0
    for (let seed = 0; seed < seeds; seed += 1) {
      const end = new RoleChaos(`role chaos ${seed}`).play(troubleMs)
      expect(end.wrong, `seed ${seed}`).toEqual([])
      for (const place of end.reached) reached.add(place)
      acknowledged += end.acknowledged
      uncertain += end.uncertain
    }
    expect([...reached].toSorted()).toEqual([
      'cut',
      'disk full',
      'handed over',
      'paused',
      'power lost',
      'power lost in mid-write',
      'read',
    ])
    expect(acknowledged).toBeGreaterThan(seeds * 30)
    expect(uncertain).toBeGreaterThan(seeds)
  })
})
