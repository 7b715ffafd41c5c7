import { describe, expect, it } from 'vitest'
import { Random } from '#kit/random'
import { type History, possible } from './history.ts'
import { checkLinearizable } from './linearizable.ts'
import type { Model } from './model.ts'
import { list } from './models/list.ts'
import { register } from './models/register.ts'
import { stock } from './models/stock.ts'
import { isLinearizable } from './testing/brute-force.ts'
import { listServer, type Mix, registerServer, stockServer } from './testing/servers.ts'
import { otherListAnswer, otherRegisterAnswer, otherStockAnswer, smallHistory } from './testing/small-histories.ts'

const seeds = Number(process.env.CHECK_SEEDS ?? 2_500)

const registers: readonly Mix[] = [
  { reads: 4, writes: 3, values: null },
  { reads: 2, writes: 2, values: null },
  { reads: 3, writes: 4, values: 2 },
  { reads: 2, writes: 3, values: 4 },
]
const lists: readonly Mix[] = [
  { reads: 5, writes: 5, values: null },
  { reads: 7, writes: 3, values: null },
  { reads: 5, writes: 5, values: 3 },
]

describe('small histories, good and bad', () => {
  it.each(registers)('KH1 of a register ($values values, $reads reads) are judged as by trying every order', (mix) => {
    compare(register, (random) => smallHistory(random, registerServer(mix), otherRegisterAnswer))
  })

  it.each(lists)('KH1 of a list ($values values, $reads reads) are judged as by trying every order', (mix) => {
    compare(list, (random) => smallHistory(random, listServer(mix), otherListAnswer))
  })
})

describe('small histories of a stock', () => {
  it.each([{ givers: 0 }, { givers: 5 }, { givers: 10 }])(
    'KT1 and KT2 are judged as by trying every order ($givers of ten give back)',
    (mix) => {
      compare(stock, (random) => smallHistory(random, stockServer(mix), otherStockAnswer), Math.ceil(seeds / 3))
    },
  )
})

function compare<State, Op, Answer>(
  model: Model<State, Op, Answer>,
  draw: (random: Random) => History<Op, Answer>,
  histories = seeds,
): void {
  const { plan: _, ...unplanned } = model
  const count = { valid: 0, invalid: 0 }
  for (let seed = 0; seed < histories; seed += 1) {
    const random = new Random(`small ${seed}`)
    const history = draw(random)
    const truth = isLinearizable(model, history) ? 'valid' : 'invalid'
    count[truth] += 1
    const verdict = checkLinearizable(model, history)
    expect(verdict.kind, `seed ${seed}`).toBe(truth)
    expect(checkLinearizable(unplanned, history).kind, `seed ${seed}, without a plan`).toBe(truth)
    const operations = possible(history)
    const gone = new Set(operations.filter(() => random.chance(1, 3)))
    const isLessLinearizable = isLinearizable(model, model.without(operations, gone))
    if (truth === 'valid') expect(isLessLinearizable, `KC1 seed ${seed}: leaving out made it impossible`).toBe(true)
    if (verdict.kind === 'invalid') expectMinimal(model, verdict.counterExample.operations, seed)
  }
  expect(count.valid).toBeGreaterThan(histories / 12)
  expect(count.invalid).toBeGreaterThan(histories / 12)
}

function expectMinimal<State, Op, Answer>(
  model: Model<State, Op, Answer>,
  history: History<Op, Answer>,
  seed: number,
): void {
  expect(isLinearizable(model, history), `KC1 seed ${seed}: the counter-example can be explained`).toBe(false)
  for (const operation of history) {
    const rest = model.without(history, new Set([operation]))
    expect(isLinearizable(model, rest), `KC2 seed ${seed}: one more can go`).toBe(true)
  }
}
