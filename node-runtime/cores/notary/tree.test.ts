import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '#kit/hex'
import { Peaks, peakCount } from './peaks.ts'
import { consistencyHashes, inclusionHashes } from './proofs.ts'
import { verifyConsistency, verifyInclusion } from './receipt/merkle.ts'
import { PlainTree } from './receipt/testing/plain-tree.ts'
import { MapState } from './testing/one-notary.ts'
import { TileNodes } from './tile-nodes.ts'
import { GrowingTree, StoredTree, tileKey } from './tiles.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer'))
const sizeMax = 66_000
const leaves = Array.from({ length: sizeMax }, (_, index) => sha256(Uint8Array.of(index, index >> 8, index >> 16)))
const plain = new PlainTree(sha256, leaves)
const hex = (hashes: readonly Uint8Array[] | null) => hashes?.map(toHex)

/** Grown by commands of many sizes. */
function grown(size: number, step: (at: number) => number): { state: MapState; peaks: readonly Uint8Array[] } {
  const state = new MapState()
  let peaks: readonly Uint8Array[] = []
  for (let at = 0; at < size; ) {
    const tree = new GrowingTree(state, new Peaks(sha256, at, peaks))
    const end = Math.min(size, at + step(at))
    for (; at < end; at += 1) tree.add(leaves[at]!)
    tree.finish()
    peaks = tree.peaks
  }
  return { state, peaks }
}

const whole = grown(sizeMax, (at) => 1 + ((at * 7) % 900))
const tree = () => new StoredTree(sha256, whole.state)
/** Sizes near the edges of tiles are the ones that go wrong. */
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.constantFrom(255, 256, 257, 511, 512, 513, 1_024, 65_535, 65_536, 65_537, sizeMax),
  fc.integer({ min: 1, max: sizeMax }),
)

describe('NT3 the tree', () => {
  it('has the root that RFC 6962 defines, at any size', () => {
    for (let size = 0; size <= 530; size += 1) expect(tree().range(0, size)).toEqual(plain.root(size))
    for (const size of [1_000, 4_096, 65_536, 65_537, sizeMax]) expect(tree().range(0, size)).toEqual(plain.root(size))
  })

  it('has peaks whose root is the same', () => {
    for (let size = 0; size <= 40; size += 1) {
      const peaks = new Peaks(sha256, size, grown(size, () => 3).peaks)
      expect(peaks.root()).toEqual(plain.root(size))
      expect(peaks.all).toHaveLength(peakCount(size))
    }
    expect(new Peaks(sha256, sizeMax, whole.peaks).root()).toEqual(plain.root())
  })

  it('is the same rows however it grew', () => {
    expect(grown(1_500, () => 1).state.text()).toBe(grown(1_500, () => 1_500).state.text())
  })

  it('NT14 has tiles as tlog-tiles cuts them', () => {
    expect(tree().row(0, 3)).toEqual(Uint8Array.from(leaves.slice(768, 1_024).flatMap((leaf) => [...leaf])))
    expect(tree().row(1, 0)).toHaveLength(256 * 32)
    expect(tree().row(1, 0)!.subarray(32, 64)).toEqual(plainRange(256, 512))
    expect(tree().row(2, 0)).toEqual(plainRange(0, 65_536))
    expect(whole.state.get('tiles', tileKey(1)(1))).toHaveLength(Math.floor(sizeMax / 256 - 256) * 32)
    expect(tree().row(3, 0)).toBeNull()
  })
})

describe('NT13 proofs', () => {
  it('of inclusion are those that RFC 6962 defines, and hold', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, at) => {
        const index = at % size
        const hashes = inclusionHashes(tree(), index, size)
        if (size < 2_000) expect(hex(hashes)).toEqual(hex(plain.inclusion(index, size)))
        const root = tree().range(0, size)!
        expect(verifyInclusion({ sha256, index, size, leafHash: leaves[index]!, hashes: hashes!, root })).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('of consistency are those that RFC 6962 defines, and hold', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (to, at) => {
        const from = at % (to + 1)
        const hashes = consistencyHashes(tree(), from, to)
        if (to < 2_000) expect(hex(hashes)).toEqual(hex(plain.consistency(from, to)))
        const [fromRoot, toRoot] = [tree().range(0, from)!, tree().range(0, to)!]
        expect(verifyConsistency({ sha256, from, to, fromRoot, toRoot, hashes: hashes! })).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('NT8 are the same where tiles were added up before, and go with the tile as it stands now', () => {
    let hashed = 0
    const counted = (bytes: Uint8Array) => {
      hashed += 1
      return sha256(bytes)
    }
    const nodes = new TileNodes()
    const proofs = (state: MapState, index: number) => {
      hashed = 0
      return inclusionHashes(new StoredTree(counted, state, nodes), index, 65_536)
    }
    const { state } = grown(65_536, () => 1_000)
    const first = proofs(state, 300)
    expect(hashed).toBeGreaterThan(400)
    expect(hex(proofs(state, 300))).toEqual(hex(first))
    expect(hashed).toBe(0)
    const key = tileKey(0)(1)
    const other = state.get('tiles', key)!.slice()
    other[0] = 255 - other[0]!
    state.put('tiles', key, other)
    expect(hex(proofs(state, 300))).toEqual(hex(inclusionHashes(new StoredTree(sha256, state), 300, 65_536)))
    expect(hex(proofs(state, 300))).not.toEqual(hex(first))
    // However many there are by then, the upper ones are asked for each time and stay.
    for (let tile = 0; tile < 256; tile += 1) proofs(state, tile * 256)
    expect(hashed, 'the other seven subtrees of its own tile').toBe(2 + 4 + 8 + 16 + 32 + 64 + 128 - 7)
  })

  it('are none where a tile is missing', () => {
    const { state } = grown(600, () => 600)
    state.delete('tiles', tileKey(0)(1))
    expect(inclusionHashes(new StoredTree(sha256, state), 3, 600)).not.toBeNull()
    expect(inclusionHashes(new StoredTree(sha256, state), 300, 600)).toBeNull()
    expect(consistencyHashes(new StoredTree(sha256, state), 300, 600)).toBeNull()
  })
})

function plainRange(from: number, to: number): Uint8Array {
  return new PlainTree(sha256, leaves.slice(from, to)).root()
}
