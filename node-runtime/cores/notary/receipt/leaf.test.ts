import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import { nodeId } from '#kit/ids'
import { plainSha256 } from '#kit/sha256'
import { type NotaryRecord, notaryLimits } from '../messages.ts'
import { decodeExtra, encodeLeaf, extraBytesMax, extraOf, rebuildLeaf } from './leaf.ts'

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

describe('RC2 extra', () => {
  it.each([record, genesis])('rebuilds the leaf of record $index with the document', (one) => {
    expect(rebuildLeaf(one.sha256, extraOf(one))).toEqual(encodeLeaf(one))
  })

  it.each([record, genesis])('says what stands in record $index', (one) => {
    expect(decodeExtra(extraOf(one))).toEqual({
      index: one.index,
      kind: one.document.kind,
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
    const longest = extraOf({
      ...record,
      title: 'x'.repeat(notaryLimits.titleBytesMax),
      registrant: 'x'.repeat(notaryLimits.registrantBytesMax),
      by: { ...record.by, leader: nodeId('x'.repeat(31)) },
    })
    expect(longest.length).toBe(extraBytesMax)
    expect(decodeExtra(longest)).not.toBeNull()
  })
})

describe('RC3 foreign bytes', () => {
  it('are taken, and are nothing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => decodeExtra(bytes) === null))
    expect(rebuildLeaf(sha256, new Uint8Array(0))).toBeNull()
    expect(rebuildLeaf(sha256.subarray(1), extraOf(record))).toBeNull()
  })

  it('are nothing when cut short or drawn out', () => {
    const extra = extraOf(record)
    for (let length = 0; length < extra.length; length += 1) expect(decodeExtra(extra.subarray(0, length))).toBeNull()
    expect(decodeExtra(Uint8Array.from([...extra, 0]))).toBeNull()
  })

  it('never read as what was meant after one bit was changed', () => {
    const extra = extraOf(record)
    const meant = decodeExtra(extra)
    for (let bit = 0; bit < extra.length * 8; bit += 1) {
      const other = extra.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(decodeExtra(other), `bit ${bit}`).not.toEqual(meant)
    }
  })

  it('has no previous hash that is not one', () => {
    expect(fromHex(record.previousHash)).not.toBeNull()
    expect(decodeExtra(extraOf({ ...record, previousHash: '0' }))).toBeNull()
    expect(decodeExtra(extraOf({ ...genesis, previousHash: record.previousHash }))).toBeNull()
  })
})
