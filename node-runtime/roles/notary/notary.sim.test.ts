import { describe, expect, it } from 'vitest'
import { NotaryChaos } from './testing/notary-chaos.ts'

const seeds = 10
const troubleMs = 12_000

describe('peers of a notary in trouble', () => {
  it('register every id exactly once, keep one chain, and never sign two roots at one size', () => {
    const reached = new Set<string>()
    let registered = 0
    let cosigned = 0
    for (let seed = 0; seed < seeds; seed += 1) {
      const end = new NotaryChaos(`notary chaos ${seed}`).play(troubleMs)
      expect(end.wrong, `seed ${seed}`).toEqual([])
      for (const place of end.reached) reached.add(place)
      registered += end.registered
      cosigned += end.cosigned
    }
    expect([...reached].toSorted()).toEqual([
      'cut',
      'disk full',
      'disk lost',
      'found again',
      'leader lost',
      'power lost',
      'tampered with',
    ])
    expect(registered).toBeGreaterThan(seeds * 500)
    expect(cosigned).toBeGreaterThan(seeds * 30)
  })
})
