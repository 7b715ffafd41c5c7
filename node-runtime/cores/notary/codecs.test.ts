import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainSha256 } from '#kit/sha256'
import { encodeNotaryAnswer } from './answer-codec.ts'
import { decodeNotaryAnswer, decodeNotaryCommand, decodeNotaryQueryAnswer, encodeNotaryCommand } from './index.ts'
import type { NotaryCommand, NotaryCommandAnswer, NotaryQuery } from './messages.ts'
import { encodeAnswer } from './query-answers.ts'
import { decodeNotaryQuery, encodeNotaryQuery } from './query-codec.ts'
import { decodeRecord, encodeRecord } from './record-codec.ts'
import { file, OneNotary, proposer, text } from './testing/one-notary.ts'

const notary = new OneNotary()
notary.register([
  file('Ação'),
  text('words', 'id-1'),
  { ...file('x'), document: { ...file('x').document, bytes: null } as never },
])
const records = [0, 1, 2, 3].map((index) => notary.record(index))
const hash = plainSha256(new Uint8Array(0))

const commands: readonly NotaryCommand[] = [
  { kind: 'register', by: proposer, duplicates: 'recorded', registrations: [file('a', 'id'), text('ç\u{1f41d}')] },
  { kind: 'register', by: { ...proposer, errorMs: null }, duplicates: 'found', registrations: [] },
  { kind: 'found', origin: 'colmeia.local/lab/notary', logKey: 'k+1+AA' },
  { kind: 'witnesses', witnesses: [{ name: 'n1', key: 'n1+1+AA' }], members: 1 },
  { kind: 'witnesses', witnesses: [1, 2].map((at) => ({ name: `n${at}`, key: `n${at}+1+AA` })), members: 3 },
]
const queries: readonly NotaryQuery[] = [
  { kind: 'status' },
  { kind: 'records', from: 3, limit: 9, order: 'down' },
  { kind: 'by-hash', sha256: hash, limit: 1, from: 7 },
  { kind: 'by-id', id: 'ação' },
  { kind: 'search', text: 'ata', before: null, limit: 5 },
  { kind: 'search', text: '', before: 7, limit: 5 },
  { kind: 'inclusion', index: 1, size: 2 },
  { kind: 'consistency', from: 1, to: 2 },
  { kind: 'root', size: 3 },
  { kind: 'tile', level: 1, tile: 2, width: 3 },
  { kind: 'witnesses', size: 3 },
  { kind: 'examine', after: null, limit: 3 },
  { kind: 'examine', after: { index: 1, previousHash: '0'.repeat(64), peaks: ['0'.repeat(64)] }, limit: 3 },
]
const [record] = records
const answers: readonly NotaryCommandAnswer[] = [
  { kind: 'done' },
  { kind: 'refused' },
  {
    kind: 'registered',
    size: 9,
    outcomes: [
      { kind: 'registered', record: record! },
      { kind: 'same-document', record: record! },
      { kind: 'same-id', record: record! },
      { kind: 'refused', why: 'id-taken' },
      { kind: 'refused', why: 'too-large' },
    ],
  },
]

describe('records, commands, queries and answers', () => {
  it('are read as they were made', () => {
    for (const one of records) expect(decodeRecord(encodeRecord(one))).toEqual(one)
    for (const command of commands) expect(decodeNotaryCommand(encodeNotaryCommand(command))).toEqual(command)
    for (const query of queries) expect(decodeNotaryQuery(encodeNotaryQuery(query))).toEqual(query)
    for (const answer of answers) expect(decodeNotaryAnswer(encodeNotaryAnswer(answer))).toEqual(answer)
  })

  it('are read from no other bytes: not cut short, not drawn out', () => {
    const all = [
      [decodeRecord, records.filter(({ document }) => document.kind === 'file').map(encodeRecord)],
      [decodeNotaryCommand, commands.map(encodeNotaryCommand)],
      [decodeNotaryAnswer, answers.map(encodeNotaryAnswer)],
    ] as const
    for (const [decode, encoded] of all) {
      for (const bytes of encoded) {
        for (let length = 0; length < bytes.length; length += 1) expect(decode(bytes.subarray(0, length))).toBeNull()
        expect(decode(Uint8Array.from([...bytes, 0]))).toBeNull()
      }
    }
  })

  it('are looked for in any bytes without harm', () => {
    const any = fc.uint8Array({ maxLength: 200 })
    const start = fc.constantFrom(
      ...commands.map(encodeNotaryCommand),
      ...queries.map(encodeNotaryQuery),
      encodeRecord(record!),
    )
    fc.assert(
      fc.property(any, start, fc.nat(), (bytes, sound, cut) => {
        const mixed = Uint8Array.from([...sound.subarray(0, cut % sound.length), ...bytes])
        for (const one of [bytes, mixed]) {
          decodeRecord(one)
          decodeNotaryCommand(one)
          decodeNotaryQuery(one)
          decodeNotaryAnswer(one)
          for (const { kind } of queries) decodeNotaryQueryAnswer(kind, one)
          decodeNotaryQueryAnswer('records', Uint8Array.from([1, ...one]))
          decodeNotaryQueryAnswer('examine', Uint8Array.from([1, ...one]))
        }
      }),
    )
  })

  it('of a query are told apart from no answer', () => {
    const bytes = encodeAnswer('root', { root: hash })
    expect(decodeNotaryQueryAnswer('root', bytes)).toEqual({ root: hash })
    expect(decodeNotaryQueryAnswer('inclusion', bytes)).toBeNull()
    expect(decodeNotaryQueryAnswer('root', notary.machine.query(Uint8Array.of(99), notary.state))).toBeNull()
    expect(decodeNotaryQueryAnswer('status', new Uint8Array(0))).toBeNull()
  })
})
