import { describe, expect, it } from 'vitest'
import type { NotaryQuery } from '#cores/notary/messages'
import { encodeLeaf } from '#cores/notary/receipt/leaf'
import { hashBytes, leafHash } from '#cores/notary/receipt/merkle'
import { decodeRecord, encodeRecord } from '#cores/notary/record-codec'
import { perPage, perTile, rowKey, spaces } from '#cores/notary/rows'
import { recordsIn } from '#cores/notary/stored-records'
import { tileKey } from '#cores/notary/tiles'
import { ByteWriter, encodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import { plainSha256 } from '#kit/sha256'
import type { StateTx } from '#kit/state-machine'
import { textOf, VirtualNotary } from './testing/virtual-notary.ts'

/** More than a full tile, so that there is a tile above, and one that is not full. */
const documents = 300
const size = documents + 1

function setUp() {
  const notary = new VirtualNotary()
  const leader = notary.untilLed()
  notary.registered(
    leader,
    Array.from({ length: documents }, (_, at) => textOf(`${at}`)),
  )
  notary.untilWitnessed(size)
  const follower = notary.members.find((id) => id !== leader)!
  const spoil = (change: (state: StateTx) => void) => notary.member(follower).replica.spoil(change)
  return { notary, follower, spoil }
}

/** The title, and the leaf of it: the record fits its tile, and the row its checksum. */
function forge(state: StateTx, index: number): void {
  const key = rowKey(Math.floor(index / perPage))
  const writer = new ByteWriter()
  for (const [place, bytes] of recordsIn(state.get(spaces.records, key)!).entries()) {
    const record = decodeRecord(bytes)!
    const isMeant = place === index % perPage
    const forged = { ...record, title: isMeant ? 'forged' : record.title }
    writer.bytes(encodeRecord(forged))
    if (isMeant) changeHash(state, { level: 0, place: index, to: leafHash(plainSha256, encodeLeaf(forged)) })
  }
  state.put(spaces.records, key, writer.done())
}

function changeHash(state: StateTx, { level, place, to }: { level: number; place: number; to?: Uint8Array }): void {
  const key = tileKey(level)(Math.floor(place / perTile))
  const row = state.get(spaces.tiles, key)!.slice()
  const at = (place % perTile) * hashBytes
  row.set(to ?? row.subarray(at, at + hashBytes).map((byte) => byte ^ 1), at)
  state.put(spaces.tiles, key, row)
}

function get(notary: VirtualNotary, id: NodeId, path: string, query: Record<string, string> = {}) {
  const { status, body } = notary.http(id, { path, query: new Map(Object.entries(query)) })
  return { status, text: new TextDecoder().decode(body) }
}

const isSaid = { failure: { code: 'store-damaged' } }
const last = documents

describe('a tile that is not what the head knows', () => {
  it.each([
    ['/api/v1/documents/5', {}],
    ['/api/v1/documents', { search: 'forged' }],
    ['/api/v1/proofs/inclusion', { index: '5' }],
    ['/api/v1/proofs/inclusion', { index: '5', size: '9' }],
    ['/api/v1/receipts/5', {}],
    ['/tile/0/000', {}],
  ])('is not served with the record that fits it: %s %j', (path, query) => {
    const { notary, follower, spoil } = setUp()
    expect(get(notary, follower, path, query)).toMatchObject({ status: 200 })
    spoil((state) => forge(state, 5))
    expect(get(notary, follower, path, query)).toMatchObject({ status: 503 })
    expect(notary.service(follower).standing.broken).toMatchObject({ check: 'tree' })
  })

  it.each([
    ['/api/v1/receipts/20', {}],
    [`/api/v1/receipts/${last}`, {}],
    ['/tile/0/001.p/45', {}],
    ['/tile/0/001.p/10', {}],
    ['/api/v1/proofs/inclusion', { index: '20' }],
    ['/api/v1/proofs/consistency', { from: '20' }],
    ['/api/v1/proofs/consistency', { from: '20', to: '300' }],
  ])('is not served where one hash of the last one was changed: %s %j', (path, query) => {
    const { notary, follower, spoil } = setUp()
    expect(get(notary, follower, path, query)).toMatchObject({ status: 200 })
    spoil((state) => changeHash(state, { level: 0, place: last - 3 }))
    expect(get(notary, follower, path, query)).toMatchObject({ status: 503 })
    expect(notary.service(follower).standing.broken).not.toBeNull()
  })

  it.each<NotaryQuery>([
    { kind: 'tile', level: 1, tile: 0, width: 1 },
    { kind: 'root', size },
    { kind: 'root', size: 280 },
    { kind: 'records', from: last, limit: 1, order: 'up' },
  ])('is not served where one above was changed: $kind', (query) => {
    const { notary, follower, spoil } = setUp()
    expect(notary.ask(follower, query)).toMatchObject({ ok: true })
    spoil((state) => changeHash(state, { level: 1, place: 0 }))
    expect(notary.ask(follower, query)).toMatchObject(isSaid)
  })

  it('is missed where it is gone', () => {
    const { notary, follower, spoil } = setUp()
    spoil((state) => state.delete(spaces.tiles, tileKey(0)(1)))
    expect(notary.ask(follower, { kind: 'tile', level: 0, tile: 1, width: 3 })).toMatchObject(isSaid)
  })

  it('is not asked for where the tree has not come so far', () => {
    const { notary, follower } = setUp()
    expect(notary.ask(follower, { kind: 'tile', level: 0, tile: 1, width: 99 })).toMatchObject({
      value: { hashes: null },
    })
    expect(notary.ask(follower, { kind: 'root', size: 999 })).toMatchObject({ value: { root: null } })
    expect(notary.service(follower).standing.broken).toBeNull()
  })
})

describe('a head that is not what the witnesses have signed', () => {
  it('lets nothing be served, though every tile leads to it', () => {
    const { notary, spoil, follower } = setUp()
    // The head has its peaks last; all but the newest leaf are in the others.
    spoil((state) => {
      const to = plainSha256(encodeText('another leaf'))
      changeHash(state, { level: 0, place: last, to })
      const head = state.get(spaces.notary, 'head')!.slice()
      head.set(to, head.length - hashBytes)
      state.put(spaces.notary, 'head', head)
    })
    expect(notary.ask(follower, { kind: 'tile', level: 0, tile: 1, width: 3 })).toMatchObject(isSaid)
  })
})

describe('a record that stands under the hash of another document', () => {
  it('is no answer to who asks for that document', () => {
    const { notary, follower, spoil } = setUp()
    spoil((state) => state.put(spaces.again, `${rowKey(1)}/${rowKey(9)}`, Uint8Array.of(1)))
    const sha256 = plainSha256(encodeText('0'))
    expect(notary.ask(follower, { kind: 'by-hash', sha256, limit: 5 })).toMatchObject(isSaid)
    expect(notary.service(follower).standing.broken).toEqual({ index: 9, check: 'hash-index' })
  })
})

describe('a stored hash that was changed', () => {
  it('is found at its own record, also by who looks from the next one on', () => {
    const { notary, follower, spoil } = setUp()
    spoil((state) => {
      const key = rowKey(1)
      const writer = new ByteWriter()
      for (const [place, bytes] of recordsIn(state.get(spaces.records, key)!).entries()) {
        const record = decodeRecord(bytes)!
        writer.bytes(place === 13 ? encodeRecord({ ...record, hash: 'ab'.repeat(32) }) : bytes)
      }
      state.put(spaces.records, key, writer.done())
    })
    const wrong = { index: perPage + 13, check: 'block-hash' }
    const page = get(notary, follower, '/api/v1/chain', { from: String(wrong.index + 1), limit: '5' })
    expect(JSON.parse(page.text)).toMatchObject({ breaks: [], broken: wrong })
    const whole = get(notary, follower, '/api/v1/chain', { from: String(wrong.index - 1), limit: '5' })
    expect(JSON.parse(whole.text)).toMatchObject({ breaks: [wrong], broken: wrong })
  })

  it('of an index is shown at the record of which an examination says so', () => {
    const { notary, follower, spoil } = setUp()
    spoil((state) =>
      state.put(
        spaces.ids,
        rowKey(0),
        state.get(spaces.ids, rowKey(0))!.map((byte) => byte ^ 1),
      ),
    )
    expect(notary.request(follower, { kind: 'examine' })).toMatchObject([{ ok: true }])
    notary.hosts.until(() => notary.service(follower).standing.broken !== null)
    const { broken, breaks } = JSON.parse(get(notary, follower, '/api/v1/chain', { from: '0', limit: '5' }).text)
    expect(broken).toMatchObject({ check: 'id-index' })
    expect(breaks).toEqual([broken])
  })
})
