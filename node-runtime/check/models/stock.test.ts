import { describe, expect, it } from 'vitest'
import type { Operation } from '../history.ts'
import { checkLinearizable } from '../linearizable.ts'
import { isLinearizable } from '../testing/brute-force.ts'
import { lost } from '../testing/words.ts'
import { type StockAnswer, type StockOp, stock } from './stock.ts'

type Asked = Operation<StockOp, StockAnswer>
type Story = readonly Asked[]
type When = readonly [invokedAt: number, at: number]

const asked = (op: StockOp, [invokedAt, at]: When, answer: StockAnswer): Asked => ({
  process: 'p',
  key: 'k',
  op,
  invokedAt,
  ending: { kind: 'ok', at, answer },
})
const opened = (by: number): Asked => asked({ kind: 'change', by }, [-2, -1], true)
const read = (when: When, available: number) => asked({ kind: 'read' }, when, available)
const take = (order: string, when: When, quantity = 1) => asked({ kind: 'take', order, quantity }, when, true)
const miss = (order: string, when: When, available: number, quantity = 1) =>
  asked({ kind: 'take', order, quantity }, when, available)
const give = (order: string, when: When) => asked({ kind: 'give', order }, when, true)
const change = (by: number, when: When, isDone = true) => asked({ kind: 'change', by }, when, isDone)

const good: Readonly<Record<string, Story>> = {
  'the last one is taken by one of two': [opened(1), take('a', [1, 5]), miss('b', [2, 4], 0), read([6, 7], 0)],
  'a read that overlaps a take sees it or not': [opened(2), take('a', [1, 9]), read([2, 3], 1), read([4, 5], 1)],
  'what is given back is there again': [opened(1), take('a', [1, 2]), give('a', [3, 4]), take('b', [5, 6])],
  'it was given back in the middle of another take': [
    opened(1),
    take('a', [1, 2]),
    give('a', [3, 10]),
    take('b', [4, 5]),
  ],
  'a lost take is seen late': [opened(1), lost(take('a', [1, 2])), read([3, 4], 1), read([5, 6], 0)],
  'a lost take never happened': [opened(1), lost(take('a', [1, 2])), take('b', [3, 4]), read([5, 6], 0)],
  'KT2 a lost take came back before it happened': [
    opened(1),
    lost(take('a', [1, 9])),
    give('a', [3, 4]),
    read([5, 6], 1),
  ],
  'the staff counts': [opened(3), change(-2, [1, 2]), change(-2, [3, 4], false), change(4, [5, 6]), read([7, 8], 5)],
  'larger takes miss where smaller ones do not': [opened(2), miss('a', [1, 2], 2, 3), take('b', [3, 4], 2)],
}

const bad: Readonly<Record<string, Story>> = {
  'the last one is sold twice': [opened(1), take('a', [1, 4]), take('b', [2, 3])],
  'somebody is refused though there is enough': [opened(2), take('a', [1, 2]), miss('b', [3, 4], 1)],
  'a refusal names what was not available': [opened(1), take('a', [1, 2]), miss('b', [3, 4], 1, 2)],
  'a stale read': [opened(2), take('a', [1, 2]), read([3, 4], 2)],
  'what comes back is there twice': [opened(1), take('a', [1, 2]), give('a', [3, 4]), read([5, 6], 2)],
  'what was sold is there again by itself': [opened(1), take('a', [1, 2]), read([3, 4], 0), read([5, 6], 1)],
  'a lost take is seen and then not': [opened(1), lost(take('a', [1, 2])), read([3, 4], 0), read([5, 6], 1)],
  'KT2 what came back first is taken after all': [
    opened(1),
    lost(take('a', [1, 9])),
    give('a', [2, 3]),
    read([4, 5], 0),
  ],
  'the staff takes away what is not there': [opened(1), change(-2, [1, 2]), read([3, 4], 0)],
}

describe('stock', () => {
  it.each(Object.entries(good))('is fine: %s', (_, story) => {
    expect(isLinearizable(stock, story), 'the story itself').toBe(true)
    expect(checkLinearizable(stock, story).kind).toBe('valid')
  })

  it.each(Object.entries(bad))('is not: %s', (_, story) => {
    expect(isLinearizable(stock, story), 'the story itself').toBe(false)
    expect(checkLinearizable(stock, story).kind).toBe('invalid')
  })

  it('a hundred at once for the last one are judged at once', () => {
    const hundred = Array.from({ length: 99 }, (_, at) => miss(`o${at}`, [at, 500 + at], 0))
    const fine = [opened(1), take('winner', [1, 600]), ...hundred]
    expect(checkLinearizable(stock, fine)).toMatchObject({ kind: 'valid' })
    expect(checkLinearizable(stock, [...fine, take('another', [2, 601])]).kind).toBe('invalid')
  })

  it('KT1 many that nobody gives back are one of many, whether they are known or not', () => {
    const lostOnes = Array.from({ length: 40 }, (_, at) => lost(take(`l${at}`, [at, at + 1])))
    const known = Array.from({ length: 40 }, (_, at) => take(`k${at}`, [10 + at, 300 + at]))
    const fine = [opened(60), ...lostOnes, ...known, read([400, 401], 5), read([402, 403], 0)]
    expect(checkLinearizable(stock, fine).kind).toBe('valid')
    expect(checkLinearizable(stock, [...fine, read([404, 405], 1)]).kind).toBe('invalid')
  })

  it('says in words what cannot be', () => {
    const verdict = checkLinearizable(stock, [opened(1), take('a', [1, 4]), take('b', [2, 3]), read([8, 9], 0)])
    expect(verdict.kind === 'invalid' ? verdict.counterExample.text : '').toContain('take 1 for b')
  })
})
