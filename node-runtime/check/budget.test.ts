import { describe, expect, it } from 'vitest'
import { Random } from '#kit/random'
import { checkLinearizable } from './linearizable.ts'
import { register } from './models/register.ts'
import { isLinearizable } from './testing/brute-force.ts'
import { registerServer } from './testing/servers.ts'
import { otherRegisterAnswer, smallHistory } from './testing/small-histories.ts'
import { read, write } from './testing/words.ts'
import { drawHistory } from './testing/worlds.ts'

/** Few values and no rest: what makes a search long. */
const server = registerServer({ reads: 1, writes: 6, values: 40 })
const hard = { seed: 'hard', operations: 2_000, keys: 1, processes: 16, unknown: 50, slowPerMille: 0, server }

describe('a budget', () => {
  it('KS8 that ends gives no verdict, and says on which key and why', () => {
    const history = drawHistory(hard)
    const steps = checkLinearizable(register, history, { stepsMax: 500 })
    expect(steps).toMatchObject({ kind: 'unknown', key: 'k0', reached: 'steps', effort: { steps: 501 } })
    const places = checkLinearizable(register, history, { placesMax: 50 })
    expect(places).toMatchObject({ kind: 'unknown', key: 'k0', reached: 'places', effort: { placesPeak: 51 } })
  })

  it('KS8 gives the same verdict at the same cost each time', () => {
    const [first, second] = [drawHistory(hard), drawHistory(hard)].map((history) =>
      checkLinearizable(register, history, { stepsMax: 20_000 }),
    )
    expect(first).toEqual(second)
  })

  it('KS8 may be a time, by a clock that is handed in', () => {
    let nowMs = 0
    const deadline = { nowMs: () => (nowMs += 10), atMs: 20 }
    const verdict = checkLinearizable(register, drawHistory(hard), { deadline })
    expect(verdict).toMatchObject({ kind: 'unknown', reached: 'deadline' })
  })

  it('KS8 a key that is surely wrong outweighs one that is unknown', () => {
    const wrong = [write('a', [1, 2], 1), read('a', [3, 4], null)]
    const verdict = checkLinearizable(register, [...drawHistory(hard), ...wrong], { stepsMax: 500 })
    expect(verdict).toMatchObject({ kind: 'invalid', counterExample: { key: 'k' } })
  })

  it('KS8 never makes a verdict wrong, however small it is', () => {
    const count = { valid: 0, invalid: 0, unknown: 0 }
    for (let seed = 0; seed < 2_000; seed += 1) {
      const random = new Random(`budget ${seed}`)
      const mix = { reads: 3, writes: 4, values: random.pick([2, 4, null]) }
      const history = smallHistory(random, registerServer(mix), otherRegisterAnswer)
      const { kind } = checkLinearizable(register, history, {
        stepsMax: 1 + random.below(6),
        placesMax: random.below(4),
        shrinkStepsMax: random.below(20),
      })
      count[kind] += 1
      const truth = isLinearizable(register, history) ? 'valid' : 'invalid'
      if (kind !== 'unknown') expect(kind, `seed ${seed}`).toBe(truth)
    }
    expect(Math.min(count.valid, count.invalid, count.unknown)).toBeGreaterThan(100)
  })
})
