import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { nodeId } from '#kit/ids'
import { plainSha256 } from '#kit/sha256'
import { blockHash, blockOf, blockTimestamp } from './block.ts'
import type { NotaryRecord } from './messages.ts'

const genesisHash = '2fe67b34b3f7407b189af5ae8715eb3d5f76deec57c08b4079cf8f329926076e'
const genesis = { index: 0, timestamp: '2022-12-31T21:00:00', data: 'Genesis Block', previousHash: '0' }
const first = { index: 1, timestamp: '2026-11-21T01:38:40.538947', data: 'Contrato nº 1', previousHash: genesisHash }

describe('NT2 the hash of a block', () => {
  it('is that of the recorded blocks', () => {
    expect(blockHash(plainSha256, genesis)).toBe(genesisHash)
    expect(blockHash(plainSha256, first)).toBe('69a6524e277255aa27a02ef68b1ed43f301baf9399d3e37c5d4e698b768c1e8f')
  })

  it.each([
    ['\u007f', '\\u007f'],
    ['\u{1f41d}', '\\ud83d\\udc1d'],
    ['"\\\b\f\n\r\t', '\\"\\\\\\b\\f\\n\\r\\t'],
    ['\u0001~ ç', '\\u0001~ \\u00e7'],
  ])('is made of %j as %s', (data, escaped) => {
    const json = `{"data": "${escaped}", "index": 5, "previous_hash": "ab", "timestamp": "t"}`
    const expected = createHash('sha256').update(json, 'latin1').digest('hex')
    expect(blockHash(plainSha256, { index: 5, timestamp: 't', data, previousHash: 'ab' })).toBe(expected)
  })
})

describe('NT2 the time of a block', () => {
  it('is that of the recorded block, to the microsecond', () => {
    expect(blockTimestamp(1, 1_795_225_120_538.947)).toBe(first.timestamp)
    expect(blockTimestamp(1, 1_795_225_120_538)).toBe('2026-11-21T01:38:40.538000')
  })

  it('is that of the calendar, with six digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (atMs) => {
        expect(blockTimestamp(1, atMs)).toBe(new Date(atMs).toISOString().replace('Z', '000'))
      }),
      { numRuns: 2_000 },
    )
    for (const day of ['1970-01-01', '2000-02-29', '2100-02-28', '2100-03-01', '2024-12-31']) {
      expect(blockTimestamp(1, Date.parse(day))).toBe(`${day}T00:00:00.000000`)
    }
  })
})

describe('NT2 a block', () => {
  const sha256 = plainSha256(encodeText('a'))
  const record: NotaryRecord = {
    index: 3,
    document: { kind: 'file', sha256, bytes: null },
    sha256,
    title: 'Ata "7"',
    registrant: 'Ana',
    id: null,
    atMs: 1_000,
    lamport: 1,
    by: { leader: nodeId('n1'), term: 1, errorMs: null },
    previousHash: 'aa',
    hash: 'bb',
  }

  it('holds the sum and the title of a file, and a text as it is', () => {
    expect(blockOf(record)).toEqual({
      index: 3,
      timestamp: '1970-01-01T00:00:01.000000',
      data: 'sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb Ata "7"',
      previousHash: 'aa',
      hash: 'bb',
    })
    expect(blockOf({ ...record, document: { kind: 'text', text: 'words' } }).data).toBe('words')
  })
})
