import { beforeAll, describe, expect, it } from 'vitest'
import { plainSha256 as sha256 } from '#kit/sha256'
import { notaryLimits } from './messages.ts'
import { encodeLeaf } from './receipt/leaf.ts'
import { leafHash, verifyConsistency, verifyInclusion } from './receipt/merkle.ts'
import { OneNotary, text } from './testing/one-notary.ts'

const notary = new OneNotary()
const size = 601

beforeAll(() => notary.fill(size - 1))

const indexes = (from: number, limit: number, order: 'up' | 'down') =>
  notary.ask({ kind: 'records', from, limit, order }).records.map(({ index }) => index)
const root = (at: number) => notary.ask({ kind: 'root', size: at }).root

describe('NT11 records', () => {
  it('are given from anywhere, upwards and downwards', () => {
    expect(indexes(62, 4, 'up')).toEqual([62, 63, 64, 65])
    expect(indexes(65, 3, 'down')).toEqual([65, 64, 63])
    expect(indexes(598, 9, 'up')).toEqual([598, 599, 600])
    expect(indexes(9_999, 2, 'down')).toEqual([600, 599])
    expect(indexes(1, 9, 'down')).toEqual([1, 0])
    expect(indexes(601, 9, 'up')).toEqual([])
    expect(indexes(5, 0, 'up')).toEqual([])
    expect(notary.ask({ kind: 'records', from: 0, limit: 1, order: 'up' }).size).toBe(size)
  })

  it('are as many as an answer holds, and one at least', () => {
    const large = new OneNotary()
    const words = 'x'.repeat(notaryLimits.textBytesMax - 10)
    for (let at = 0; at < 20; at += 1) large.register([text(`${at} ${words}`)])
    const { records } = large.ask({ kind: 'records', from: 1, limit: 20, order: 'up' })
    expect(records.length).toBe(15)
  })
})

describe('NT13 what is proven', () => {
  it('is the record, its leaf, and the way from it to the root of any size', () => {
    for (const [index, at] of [
      [0, 1],
      [600, 601],
      [300, 600],
      [255, 256],
      [256, 257],
      [0, 601],
    ] as const) {
      const { proof } = notary.ask({ kind: 'inclusion', index, size: at })
      expect(proof?.record).toEqual(notary.record(index))
      expect(proof?.leaf).toEqual(encodeLeaf(notary.record(index)))
      const { leaf, hashes } = proof!
      const judged = { sha256, index, size: at, leafHash: leafHash(sha256, leaf), hashes, root: root(at)! }
      expect(verifyInclusion(judged)).toBe(true)
    }
  })

  it('is that a size leads to another', () => {
    for (const [from, to] of [
      [1, 601],
      [256, 600],
      [601, 601],
      [0, 5],
    ] as const) {
      const { hashes } = notary.ask({ kind: 'consistency', from, to })
      const judged = { sha256, from, to, fromRoot: root(from)!, toRoot: root(to)!, hashes: hashes! }
      expect(verifyConsistency(judged)).toBe(true)
    }
    expect(root(size)).toEqual(notary.ask({ kind: 'status' }).root)
  })

  it('is nothing of a size that is not there yet', () => {
    expect(notary.ask({ kind: 'inclusion', index: 0, size: size + 1 }).proof).toBeNull()
    expect(notary.ask({ kind: 'inclusion', index: 5, size: 5 }).proof).toBeNull()
    expect(notary.ask({ kind: 'inclusion', index: 0, size: 0 }).proof).toBeNull()
    expect(notary.ask({ kind: 'consistency', from: 5, to: size + 1 }).hashes).toBeNull()
    expect(notary.ask({ kind: 'consistency', from: 6, to: 5 }).hashes).toBeNull()
    expect(root(size + 1)).toBeNull()
    expect(root(2 ** 52)).toBeNull()
  })
})

describe('NT14 tiles', () => {
  const tile = (level: number, number: number, width: number) =>
    notary.ask({ kind: 'tile', level, tile: number, width }).hashes?.length ?? null

  it('are whole, or as wide as they have come', () => {
    expect([tile(0, 0, 256), tile(0, 2, 89), tile(0, 2, 5), tile(1, 0, 2)]).toEqual([8_192, 89 * 32, 160, 64])
    expect(notary.ask({ kind: 'tile', level: 1, tile: 0, width: 1 }).hashes).toEqual(root(256))
  })

  it('are nothing where they have not come yet, or cannot be', () => {
    expect([tile(0, 2, 90), tile(0, 3, 1), tile(1, 0, 3), tile(2, 0, 1), tile(0, 0, 0)]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
    expect([tile(0, 0, 257), tile(9, 0, 1)]).toEqual([null, null])
  })
})
