import { describe, expect, it } from 'vitest'
import type { NotaryRecord } from '#cores/notary/messages'
import { verifyConsistency, verifyInclusion } from '#cores/notary/receipt/merkle'
import { nodeId } from '#kit/ids'
import { plainSha256 } from '#kit/sha256'
import { OwnTree, ownBlockHash } from './own-sums.ts'

const genesis: NotaryRecord = {
  index: 0,
  document: { kind: 'text', text: 'Genesis Block' },
  sha256: new Uint8Array(32),
  title: '',
  registrant: '',
  id: null,
  atMs: 0,
  lamport: 0,
  by: { leader: nodeId('n1'), term: 0, errorMs: null },
  previousHash: '0',
  hash: '',
}

describe('what an observer computes by itself', () => {
  it('is the hash of the genesis block, as the older programs recorded it', () => {
    expect(ownBlockHash(genesis)).toBe('2fe67b34b3f7407b189af5ae8715eb3d5f76deec57c08b4079cf8f329926076e')
  })

  it.each([
    ['a leap day', 1_709_210_096_789, '2024-02-29T12:34:56.789000'],
    ['the end of a year', 1_798_761_599_999, '2026-12-31T23:59:59.999000'],
    ['the first day', 0, '1970-01-01T00:00:00.000000'],
  ])('is the time of a block on %s', (_, atMs, timestamp) => {
    // The hash of the block with this time, put together by hand.
    const json = `{"data": "Genesis Block", "index": 1, "previous_hash": "0", "timestamp": "${timestamp}"}`
    const byHand = Buffer.from(plainSha256(Buffer.from(json))).toString('hex')
    expect(ownBlockHash({ ...genesis, index: 1, atMs })).toBe(byHand)
  })

  it('is proofs that whoever checks receipts takes', () => {
    const tree = new OwnTree()
    const leafHashes: Uint8Array[] = []
    for (let leaf = 0; leaf < 40; leaf += 1) {
      tree.add(Uint8Array.of(leaf))
      leafHashes.push(plainSha256(Uint8Array.of(0, leaf)))
    }
    for (let size = 1; size <= 40; size += 1) {
      for (let at = 0; at < size; at += 1) {
        const root = tree.root(size)
        const path = { sha256: plainSha256, index: at, size, leafHash: leafHashes[at]!, root }
        expect(verifyInclusion({ ...path, hashes: tree.path(at, size) }), `${at} in ${size}`).toBe(true)
        const pair = { sha256: plainSha256, from: at, to: size, fromRoot: tree.root(at), toRoot: root }
        expect(verifyConsistency({ ...pair, hashes: tree.proof(at, size) }), `${at} to ${size}`).toBe(true)
      }
    }
  })
})
