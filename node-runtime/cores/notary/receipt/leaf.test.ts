import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import { nodeId } from '#kit/ids'
import { plainSha256 } from '#kit/sha256'
import { type NotaryRecord, notaryLimits } from '../messages.ts'
import { decodeLeaf, encodeLeaf, leafBytesMax } from './leaf.ts'

const sha256 = plainSha256(encodeText('a contract'))
const record: NotaryRecord = {
  index: 7,
  document: { kind: 'file', sha256, bytes: 4_294_967_297 },
  sha256,
  title: 'Contrato nº 1',
  registrant: 'Ana',
  id: 'client-1',
  atMs: 1_795_225_120_538,
  lamport: 99,
  by: { leader: nodeId('notary-1'), term: 3, errorMs: 12 },
  previousHash: '69a6524e277255aa27a02ef68b1ed43f301baf9399d3e37c5d4e698b768c1e8f',
  hash: '',
}
const genesis: NotaryRecord = {
  ...record,
  index: 0,
  document: { kind: 'text', text: 'Genesis Block' },
  previousHash: '0',
  by: { leader: nodeId('notary-1'), term: 0, errorMs: null },
}

describe('RC1 leaf bytes', () => {
  it('are these, for ever', () => {
    expect(toHex(encodeLeaf(record))).toBe(
      [
        '636f6c6d6569612e6e6f746172792f6c6561662f76310a', // the line
        toHex(sha256),
        '0000000000001c40', // index
        '01', // a file
        '01000010000000f041', // bytes
        '0e000000436f6e747261746f206ec2ba2031',
        '03000000416e61',
        '00a0f116bc1f7a42', // time
        '010000000000002840', // error
        '080000006e6f746172792d31',
        '0000000000000840', // term
        '0000000000c05840', // lamport
        record.previousHash,
      ].join(''),
    )
  })

  it('differ when anything in them differs', () => {
    const others: NotaryRecord[] = [
      { ...record, index: 8 },
      { ...record, sha256: plainSha256(sha256) },
      { ...record, document: { kind: 'file', sha256, bytes: null } },
      { ...record, document: { kind: 'text', text: 'a contract' } },
      { ...record, title: 'Contrato nº 1A', registrant: 'na' },
      { ...record, atMs: record.atMs + 1 },
      { ...record, by: { ...record.by, errorMs: null } },
      { ...record, by: { ...record.by, term: 4 } },
      { ...record, by: { ...record.by, leader: nodeId('notary-2') } },
      { ...record, lamport: 100 },
      { ...record, previousHash: record.previousHash.replace('6', '7') },
    ]
    expect(new Set([record, genesis, ...others].map((one) => toHex(encodeLeaf(one)))).size).toBe(others.length + 2)
  })
})

describe('RC2 a leaf', () => {
  it.each([record, genesis])('says what stands in record $index', (one) => {
    expect(decodeLeaf(encodeLeaf(one))).toEqual({
      index: one.index,
      kind: one.document.kind,
      sha256,
      bytes: one.document.kind === 'text' ? 13 : one.document.bytes,
      title: one.title,
      registrant: one.registrant,
      atMs: one.atMs,
      errorMs: one.by.errorMs,
      leader: one.by.leader,
      term: one.by.term,
      lamport: one.lamport,
      previousHash: one.previousHash,
    })
  })

  it('is never longer than its limit', () => {
    const longest = encodeLeaf({
      ...record,
      title: 'x'.repeat(notaryLimits.titleBytesMax),
      registrant: 'x'.repeat(notaryLimits.registrantBytesMax),
      by: { ...record.by, leader: nodeId('x'.repeat(31)) },
    })
    expect(longest.length).toBe(leafBytesMax)
    expect(decodeLeaf(longest)).not.toBeNull()
  })
})

describe('RC3 foreign bytes', () => {
  it('are taken, and are nothing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => decodeLeaf(bytes) === null))
  })

  it('are nothing when cut short or drawn out', () => {
    const leaf = encodeLeaf(record)
    for (let length = 0; length < leaf.length; length += 1) expect(decodeLeaf(leaf.subarray(0, length))).toBeNull()
    expect(decodeLeaf(Uint8Array.from([...leaf, 0]))).toBeNull()
  })

  it('is no leaf when its texts are longer than allowed', () => {
    const limits = [notaryLimits.titleBytesMax, notaryLimits.registrantBytesMax, 31]
    const tooLong = 'x'.repeat(limits.reduce((sum, one) => sum + one) + 1)
    expect(decodeLeaf(encodeLeaf({ ...record, title: tooLong, registrant: '' }))).toBeNull()
  })

  it('never read as what was meant after one bit was changed', () => {
    const leaf = encodeLeaf(record)
    const meant = decodeLeaf(leaf)
    for (let bit = 0; bit < leaf.length * 8; bit += 1) {
      const other = leaf.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(decodeLeaf(other), `bit ${bit}`).not.toEqual(meant)
    }
  })

  it('has no previous hash that is not one', () => {
    expect(fromHex(record.previousHash)).not.toBeNull()
    expect(decodeLeaf(encodeLeaf({ ...record, previousHash: '0' }))).toBeNull()
    expect(decodeLeaf(encodeLeaf({ ...genesis, previousHash: record.previousHash }))).toBeNull()
  })
})
