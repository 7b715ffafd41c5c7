import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { notaryMachine } from './index.ts'
import type { Examined, ExaminedSoFar, NotaryRecord } from './messages.ts'
import { encodeRecord } from './record-codec.ts'
import { rowKey } from './rows.ts'
import { recordsIn } from './stored-records.ts'
import { file, OneNotary, text } from './testing/one-notary.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const long = `long ${'text '.repeat(100)}`

let notary: OneNotary

beforeEach(() => {
  notary = new OneNotary(sha256)
  notary.register([file('a', 'id-1'), text('words', 'id-2'), text(long), file('d')])
  notary.fill(300)
  notary.register([text('words', 'id-3'), file('e')], 'recorded')
})

/** In slices, as it is done. */
function examined(limit = 50): Examined {
  for (let after: ExaminedSoFar | null = null; ; ) {
    const answer: Examined = notary.ask({ kind: 'examine', after, limit })
    if (answer.kind !== 'sound-so-far') return answer
    after = answer.soFar
  }
}

const broken = (index: number, check: string) => ({ kind: 'broken', index, check })

function change(space: string, key: string, how: (value: Uint8Array) => Uint8Array): void {
  notary.state.put(space, key, how(notary.state.get(space, key)!.slice()))
}

/** The page with another record in the place of one. */
function replace(index: number, how: (record: NotaryRecord) => Uint8Array): void {
  const bytes = how(notary.record(index))
  change('records', rowKey(Math.floor(index / 64)), (page) => {
    const records = recordsIn(page).map((record, at) => (at === index % 64 ? bytes : record))
    return Uint8Array.from(
      records.flatMap((record) => [...new Uint8Array(Uint32Array.of(record.length).buffer), ...record]),
    )
  })
}

const flip = (at: number) => (value: Uint8Array) => {
  value[at] = value[at]! ^ 1
  return value
}

describe('NT15 an examination', () => {
  it('finds a sound notary sound, in slices of any size, and hands on where it stands', () => {
    const { size, head, root } = notary.ask({ kind: 'status' })
    for (const limit of [1, 7, 64, 1_000]) expect(examined(limit)).toEqual({ kind: 'sound', size, head, root })
  })

  it('is not led astray by what it is handed', () => {
    const strange = { index: 5, previousHash: '0', peaks: [] }
    expect(notary.ask({ kind: 'examine', after: strange, limit: 3 })).toMatchObject({ soFar: { index: 3 } })
    const forged = { index: 4, previousHash: notary.record(3).hash, peaks: ['00'.repeat(32)] }
    notary.fill(1)
    expect(notary.ask({ kind: 'examine', after: forged, limit: 1_000 })).toMatchObject({
      kind: 'broken',
      check: 'tree',
    })
  })

  it('misses a record, and a text that stands apart', () => {
    notary.state.delete('records', rowKey(2))
    expect(examined()).toEqual(broken(128, 'missing'))
    notary.state.delete('texts', rowKey(3))
    expect(examined()).toEqual(broken(3, 'missing'))
  })

  it('says which record cannot be read', () => {
    replace(70, (record) => encodeRecord(record).subarray(0, 40))
    expect(examined()).toEqual(broken(70, 'unreadable'))
    replace(9, (record) => encodeRecord({ ...record, index: 8 }))
    expect(examined()).toEqual(broken(9, 'unreadable'))
  })

  it('holds texts against their sums', () => {
    change('texts', rowKey(3), flip(20))
    expect(examined()).toEqual(broken(3, 'document-hash'))
    replace(2, (record) => encodeRecord({ ...record, document: { kind: 'text', text: 'w0rds' } }))
    expect(examined()).toEqual(broken(2, 'document-hash'))
  })

  it('follows the chain', () => {
    replace(100, (record) => encodeRecord({ ...record, previousHash: record.hash }))
    expect(examined()).toEqual(broken(100, 'chain'))
  })

  it('computes blocks anew', () => {
    replace(100, (record) => encodeRecord({ ...record, title: 'forged' }))
    expect(examined()).toEqual(broken(100, 'block-hash'))
    replace(50, (record) => encodeRecord({ ...record, atMs: record.atMs + 1 }))
    expect(examined()).toEqual(broken(50, 'block-hash'))
  })

  it('finds what a block does not hold in the tree', () => {
    replace(200, (record) => encodeRecord({ ...record, registrant: 'Bia' }))
    expect(examined()).toEqual(broken(200, 'tree'))
    change('tiles', `0/${rowKey(0)}`, flip(32 * 30))
    expect(examined()).toEqual(broken(30, 'tree'))
  })

  it('finds a forged tile of a higher level where its subtree ends', () => {
    change('tiles', `1/${rowKey(0)}`, flip(3))
    expect(examined()).toEqual(broken(255, 'tree'))
  })

  it('holds the head against what leads to it', () => {
    // size (8), length (4), hash (32), three counts (8 each), peaks
    const head = notary.state.get('notary', 'head')!
    change('notary', 'head', flip(12))
    expect(examined()).toEqual(broken(306, 'chain'))
    notary.state.put('notary', 'head', head)
    change('notary', 'head', flip(12 + 32 + 24))
    expect(examined()).toEqual(broken(306, 'tree'))
  })

  it('finds a document that would not be found', () => {
    change('hashes', rowKey(0), flip(8 * 60))
    expect(examined()).toEqual(broken(60, 'hash-index'))
    change('hashes', rowKey(0), flip(8 * 20 + 4))
    expect(examined()).toEqual(broken(20, 'hash-index'))
  })

  it('finds that what documents and ids are found by is gone, also after a start', () => {
    notary.state.delete('ids', rowKey(0))
    expect(examined()).toEqual(broken(1, 'id-index'))
    notary.machine = notaryMachine({ sha256 })
    expect(notary.ask({ kind: 'by-id', id: 'id-1' }).record).toBeNull()
    notary.state.delete('hashes', rowKey(0))
    expect(examined()).toEqual(broken(0, 'hash-index'))
    expect(() => notary.register([file('a', 'id-1')])).toThrow(InvariantError)
  })

  it('finds a later record of a document that would not be found', () => {
    notary.state.delete('again', `${rowKey(2)}/${rowKey(305)}`)
    expect(examined()).toEqual(broken(305, 'hash-index'))
  })

  it('finds an id that could be registered again', () => {
    change('ids', rowKey(0), flip(8))
    expect(examined()).toEqual(broken(2, 'id-index'))
    change('ids', rowKey(0), flip(4))
    expect(examined()).toEqual(broken(0, 'id-index'))
  })

  it.each(['hashes', 'ids'])('finds one of the %s too many', (space) => {
    change(space, rowKey(0), (row) => Uint8Array.of(...row, ...row.subarray(0, 8)))
    expect(examined()).toEqual(broken(306, space === 'ids' ? 'id-index' : 'hash-index'))
  })

  it('finds an id that is said to be another record’s', () => {
    replace(4, (record) => encodeRecord({ ...record, id: 'id-9' }))
    expect(examined()).toEqual(broken(4, 'id-index'))
  })
})

describe('NT15 a forged copy', () => {
  it.each([
    [1, 'block-hash'],
    [2, 'tree'],
    [140, 'block-hash'],
  ])('of record %d is caught by %s, and not proven', (index, check) => {
    replace(index, (record) => encodeRecord({ ...record, title: `${record.title}*` }))
    expect(examined()).toEqual(broken(index, check))
    expect(notary.ask({ kind: 'inclusion', index, size: 200 })).toEqual({ proof: null })
    expect(notary.ask({ kind: 'inclusion', index: index + 1, size: 200 }).proof).not.toBeNull()
  })
})
