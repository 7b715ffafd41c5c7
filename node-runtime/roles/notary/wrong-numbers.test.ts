import { expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { plainSha256 } from '#kit/sha256'
import { anyIndex } from './api/asking.ts'
import { textOf, VirtualNotary } from './testing/virtual-notary.ts'

const { max } = anyIndex
const sha256 = toHex(plainSha256(encodeText('one')))
const lastTile = 'x999/x999/x999/x999/999'

function setUp() {
  const notary = new VirtualNotary()
  const leader = notary.untilLed()
  notary.registered(leader, [textOf('one')])
  notary.untilWitnessed(2)
  return { notary, leader, examination: () => notary.role(leader).facts().notary!.examination.kind }
}

it.each([
  [`/tile/entries/${lastTile}`, 404],
  [`/tile/entries/${lastTile}.p/1`, 404],
  [`/tile/0/${lastTile}`, 404],
  [`/tile/7/${lastTile}.p/1`, 404],
  ['/tile/entries/x003/x906/x249/x999/999', 404],
  ['/tile/99/000', 404],
  ['/tile/100/000', 400],
  ['/tile/00/000', 400],
  ['/tile/-1/000', 400],
  ['/tile/1e1/000', 400],
  ['/tile/none/000', 400],
  ['/tile/0/x999/x999/x999/x999/x999/999', 400],
  ['/tile/0/000.p/256', 400],
  ['/tile/0/000.p/0', 400],
  ['/tile/0/-01', 400],
  [`/api/v1/documents/${max}`, 404],
  [`/api/v1/documents?from=${max}`, 200],
  [`/api/v1/documents?cursor=${max}`, 200],
  [`/api/v1/documents?cursor=${max}&search=one`, 200],
  [`/api/v1/documents?cursor=${max}&sha256=${sha256}`, 200],
  [`/api/v1/documents?cursor=${max + 1}`, 400],
  [`/api/v1/chain?from=${max}`, 200],
  [`/api/v1/receipts/${max}`, 404],
  [`/api/v1/policy?size=${max}`, 503],
  [`/api/v1/proofs/inclusion?index=${max - 1}&size=${max}`, 404],
  [`/api/v1/proofs/inclusion?index=0&size=${max}`, 404],
  [`/api/v1/proofs/consistency?from=${max}&to=${max}`, 404],
  [`/api/v1/proofs/consistency?from=0&to=${max}`, 404],
])('a peer that is asked for %s answers %i, and does not doubt its copy', (address, status) => {
  const { notary, leader, examination } = setUp()
  const before = examination()
  const [path = '', query = ''] = address.split('?')
  expect(notary.http(leader, { path, query: new Map(new URLSearchParams(query)) }).status).toBe(status)
  notary.hosts.run(100)
  expect(examination()).toBe(before)
})

it('a peer does not doubt its copy for a question with a number that cannot be counted with', () => {
  const { notary, leader, examination } = setUp()
  const before = examination()
  const query = { kind: 'records', from: 2 ** 53, limit: 1, order: 'up' } as const
  expect(notary.ask(leader, query)).toMatchObject({ failure: { code: 'bad-request' } })
  notary.hosts.run(100)
  expect(examination()).toBe(before)
})

it('a peer compares a block of any number with its own', () => {
  const { notary, leader, examination } = setUp()
  const before = examination()
  for (const [index, status] of [
    [Number.MAX_SAFE_INTEGER, 409],
    [2 ** 53, 400],
  ]) {
    const block = { index, timestamp: '', data: '', previous_hash: '', hash: '' }
    const asked = { path: '/sync', headers: { 'content-type': 'application/json' } }
    const body = encodeText(JSON.stringify({ block }))
    expect(notary.http(leader, { ...asked, method: 'POST', body }).status).toBe(status)
  }
  expect(examination()).toBe(before)
})
