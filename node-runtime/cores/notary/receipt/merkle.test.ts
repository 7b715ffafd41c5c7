import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { plainSha256 as sha256 } from '#kit/sha256'
import { climb, emptyRoot, leafHash, verifyConsistency, verifyInclusion } from './merkle.ts'
import { PlainTree } from './testing/plain-tree.ts'

const sizeMax = 70
const leaves = Array.from({ length: sizeMax }, (_, index) => leafHash(sha256, encodeText(`leaf ${index}`)))
const tree = new PlainTree(sha256, leaves)

const inclusion = (index: number, size: number) => ({
  sha256,
  index,
  size,
  leafHash: leaves[index]!,
  hashes: tree.inclusion(index, size),
  root: tree.root(size),
})
const consistency = (from: number, to: number) => ({
  sha256,
  from,
  to,
  fromRoot: tree.root(from),
  toRoot: tree.root(to),
  hashes: tree.consistency(from, to),
})
const flipped = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))

describe('RC10 hashes of the tree', () => {
  it('are those of RFC 6962', () => {
    expect(toHex(emptyRoot(sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(toHex(leafHash(sha256, new Uint8Array(0)))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
  })
})

describe('RC11 inclusion', () => {
  it('holds for every leaf of every size', () => {
    for (let size = 1; size <= sizeMax; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(verifyInclusion(inclusion(index, size)), `${index} of ${size}`).toBe(true)
      }
    }
  })

  it('does not hold in another place, in another size, or with a hash more or less', () => {
    for (let size = 2; size <= 20; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = inclusion(index, size)
        expect(verifyInclusion({ ...proof, hashes: proof.hashes.slice(1) })).toBe(false)
        expect(climb({ ...proof, hashes: [...proof.hashes, proof.root] })).toBeNull()
        for (let other = 0; other <= size; other += 1) {
          if (other !== index) expect(verifyInclusion({ ...proof, index: other })).toBe(false)
        }
      }
    }
  })

  it('does not hold with one bit changed anywhere', () => {
    const places = fc.record({
      size: fc.integer({ min: 2, max: sizeMax }),
      at: fc.nat(),
      hash: fc.nat(),
      bit: fc.nat(255),
    })
    fc.assert(
      fc.property(places, ({ size, at, hash, bit }) => {
        const proof = inclusion(at % size, size)
        const which = hash % (proof.hashes.length + 2)
        const wrong = {
          ...proof,
          hashes: proof.hashes.map((one, index) => (index === which ? flipped(one, bit) : one)),
          ...(which === proof.hashes.length ? { root: flipped(proof.root, bit) } : {}),
          ...(which === proof.hashes.length + 1 ? { leafHash: flipped(proof.leafHash, bit) } : {}),
        }
        expect(verifyInclusion(wrong)).toBe(false)
      }),
    )
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 53, 3])('takes %d for no index of three leaves', (index) => {
    expect(verifyInclusion({ ...inclusion(0, 3), index })).toBe(false)
  })

  it('counts in trees that are larger than 32 bits can say', () => {
    const size = 2 ** 40 + 1
    const [leaf, left] = [leaves[0]!, leaves[1]!]
    // The last leaf stands alone on the right, so its only sibling is the whole rest of the tree.
    expect(climb({ sha256, index: size - 1, size, leafHash: leaf, hashes: [left] })).not.toBeNull()
    expect(climb({ sha256, index: 0, size, leafHash: leaf, hashes: [left] })).toBeNull()
  })
})

describe('RC12 consistency', () => {
  it('holds between any two sizes', () => {
    for (let to = 0; to <= sizeMax; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        expect(verifyConsistency(consistency(from, to)), `${from} to ${to}`).toBe(true)
      }
    }
  })

  it('does not hold with a hash more or less, or between other sizes', () => {
    for (let to = 2; to <= 20; to += 1) {
      for (let from = 1; from < to; from += 1) {
        const proof = consistency(from, to)
        expect(verifyConsistency({ ...proof, hashes: proof.hashes.slice(1) })).toBe(false)
        expect(verifyConsistency({ ...proof, hashes: [...proof.hashes, proof.toRoot] })).toBe(false)
        expect(verifyConsistency({ ...proof, from: to, to: from })).toBe(false)
      }
    }
  })

  it('does not hold for a larger tree than the one it was made for', () => {
    for (const to of [16, 32, 64]) expect(verifyConsistency({ ...consistency(3, 8), to })).toBe(false)
  })

  it('does not hold when a leaf of the smaller tree was changed', () => {
    const places = fc.record({ to: fc.integer({ min: 2, max: sizeMax }), a: fc.nat(), b: fc.nat(), bit: fc.nat(255) })
    fc.assert(
      fc.property(places, ({ to, a, b, bit }) => {
        const from = 1 + (a % (to - 1))
        const forged = new PlainTree(
          sha256,
          leaves.map((leaf, index) => (index === b % from ? flipped(leaf, bit) : leaf)),
        )
        expect(verifyConsistency({ ...consistency(from, to), fromRoot: forged.root(from) })).toBe(false)
        const hashes = forged.consistency(from, to)
        expect(verifyConsistency({ ...consistency(from, to), hashes, toRoot: forged.root(to) })).toBe(false)
      }),
    )
  })
})
