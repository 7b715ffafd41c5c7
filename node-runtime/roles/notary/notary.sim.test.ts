import { afterEach, describe, expect, it, vi } from 'vitest'
import { Healing } from './healing.ts'
import { NotaryChaos } from './testing/notary-chaos.ts'

const seeds = 10
const troubleMs = 12_000

afterEach(() => vi.restoreAllMocks())

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
      'changed by accident',
      'cut',
      'disk full',
      'disk lost',
      'found again',
      'leader lost',
      'power lost',
      'tampered with',
    ])
    expect(registered).toBeGreaterThan(seeds * 500)
    // Checkpoints rest between each other, so there are fewer than there are changes.
    expect(cosigned).toBeGreaterThan(seeds * 15)
  })

  it('keep no wrong copy: where healing does nothing, that is noticed', () => {
    vi.spyOn(Healing.prototype, 'tick').mockImplementation(() => {})
    const isNoticed = (seed: number) =>
      new NotaryChaos(`notary chaos ${seed}`).play(troubleMs).wrong.some((text) => text.endsWith('keeps a wrong copy'))
    expect(Array.from({ length: seeds }, (_, seed) => seed).some(isNoticed)).toBe(true)
  })
})
