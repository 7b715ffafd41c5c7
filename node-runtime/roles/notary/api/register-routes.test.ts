import { beforeEach, describe, expect, it } from 'vitest'
import type { RecordView } from '#contract/worker/desk'
import { notaryLimits } from '#cores/notary/messages'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { plainSha256 as sha256 } from '#kit/sha256'
import { apiLimits } from '../../api-codec.ts'
import { textOf } from '../testing/virtual-notary.ts'
import { notaryApiLimits } from './limits.ts'
import { asker, handlerOf, type Question } from './testing/asker.ts'
import { FakeGroup } from './testing/fake-notary.ts'

let group: FakeGroup
beforeEach(() => {
  group = new FakeGroup()
})

const json = { 'content-type': 'application/json' }
const register = (body: unknown, { key, peer = 1 }: { key?: string; peer?: number } = {}) =>
  asker(handlerOf(group.peer(peer)))('/api/v1/registrations', {
    body,
    headers: { ...json, ...(key === undefined ? {} : { 'idempotency-key': key }) },
  })
const plain = (question: Question, peer = 1) => asker(handlerOf(group.peer(peer)))('/register', question)
const size = (): number => group.notary.ask({ kind: 'status' }).size
const outcomesOf = (heard: Awaited<ReturnType<typeof register>>) =>
  (heard.json() as { size: number; outcomes: { kind: string; why?: string; record?: RecordView }[] }).outcomes
const one = { document: 'Contrato nº 1', title: 'Contrato', registrant: 'Ana' }
const hash = 'AB'.repeat(32)

describe('registering one document', () => {
  it('tells where it stands, and finds it the next time', async () => {
    const first = await register(one)
    expect(first.status).toBe(201)
    expect(first.headers.location).toBe('/api/v1/documents/1')
    const { kind, record } = first.json() as { kind: string; record: RecordView }
    expect(kind).toBe('registered')
    expect(record).toMatchObject({ index: 1, kind: 'text', text: one.document, title: 'Contrato', registrant: 'Ana' })
    expect(record.computedHash).toBe(record.hash)
    const second = await register({ ...one, title: 'Another title' })
    expect(second.status).toBe(200)
    expect(second.json()).toEqual({ kind: 'same-document', record })
    expect(size()).toBe(2)
  })

  it('takes a file by its hash, in either case', async () => {
    const { record } = (await register({ sha256: hash, bytes: 7, title: 'a.pdf' })).json() as { record: RecordView }
    expect(record).toMatchObject({ kind: 'file', text: null, sha256: hash.toLowerCase(), bytes: 7, registrant: '' })
    expect((await register({ sha256: hash.toLowerCase() })).status).toBe(200)
  })

  it('happens once under a key, quoted or not', async () => {
    const first = await register(one, { key: 'k-1' })
    const again = await register(one, { key: '"k-1"' })
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.json()).toEqual({ ...(first.json() as object), kind: 'same-id' })
    expect((await register({ ...one, document: 'other' }, { key: 'k-1' })).status).toBe(422)
    expect(size()).toBe(2)
  })

  it.each(['k-2', null])('has no other id than its key: %j', async (id) => {
    const refused = await register({ ...one, id }, { key: 'k-1' })
    expect(refused.status).toBe(400)
    expect(refused.json()).toMatchObject({ code: 'bad-request', detail: expect.stringContaining('Idempotency-Key') })
    expect(size()).toBe(1)
    expect((await register({ ...one, id: 'k-1' }, { key: 'k-1' })).status).toBe(201)
    expect((await register({ ...one, id: 'k-1' })).json()).toMatchObject({ kind: 'same-id' })
  })

  it('leaves a key free under which it was only found', async () => {
    await register(one)
    expect((await register(one, { key: 'k' })).json()).toMatchObject({ kind: 'same-document' })
    expect((await register({ document: 'other' }, { key: 'k' })).status).toBe(201)
    expect((await register(one, { key: 'k' })).status).toBe(422)
  })

  it('says who leads', async () => {
    const refused = await register(one, { peer: 2 })
    expect(refused.status).toBe(403)
    expect(refused.json()).toMatchObject({
      type: '/api/v1#not-leader',
      code: 'not-leader',
      definite: true,
      leader: { nodeId: 'notary-1', address: 'node1:5001' },
    })
    group.leader = null
    expect((await register(one)).json()).toMatchObject({ code: 'not-leader', leader: null })
  })

  it('says that nobody knows', async () => {
    group.first.refusesToRegister = 'timed-out'
    const heard = await register(one)
    expect(heard.status).toBe(504)
    expect(heard.json()).toMatchObject({ code: 'timed-out', definite: false })
  })
})

describe('what cannot be registered changes nothing', () => {
  it.each([
    ['nothing', {}],
    ['no object', []],
    ['a number', 7],
    ['an empty document', { document: '' }],
    ['a document that is no text', { document: 7 }],
    ['half a letter', '{"document":"\\ud800"}'],
    ['both kinds of document', { document: 'x', sha256: hash }],
    ['a short hash', { sha256: hash.slice(2) }],
    ['a long hash', { sha256: `${hash}00` }],
    ['a hash of other letters', { sha256: 'xy'.repeat(32) }],
    ['a size below nothing', { sha256: hash, bytes: -1 }],
    ['a size with a fraction', { sha256: hash, bytes: 1.5 }],
    ['a title that is no text', { ...one, title: 7 }],
    ['a registrant that is no text', { ...one, registrant: null }],
    ['an id with a space', { ...one, id: 'a b' }],
    ['an id that is too long', { ...one, id: 'x'.repeat(101) }],
    ['a batch beside a document', { document: 'x', registrations: [one] }],
    ['an empty batch', { registrations: [] }],
    ['a batch that is no list', { registrations: one }],
    ['a batch with a wrong hash', { registrations: [one, { sha256: 'ab' }] }],
    ['no JSON', 'nope'],
    ['an empty body', ''],
    ['more values than anybody can mean', { ...one, more: Array.from({ length: 200_000 }, () => ({})) }],
  ])('%s', async (_, body) => {
    const heard = await register(body)
    expect(heard.status).toBe(400)
    expect(heard.headers['content-type']).toBe('application/problem+json')
    expect(heard.json()).toMatchObject({ status: 400, code: 'bad-request', definite: true })
    expect(size()).toBe(1)
  })

  it.each([
    ['a long document', { document: 'x'.repeat(64 * 1024 + 1) }],
    ['a long title', { ...one, title: 'º'.repeat(201) }],
    ['a long registrant', { ...one, registrant: 'x'.repeat(201) }],
    ['too many at once', { registrations: Array.from({ length: notaryApiLimits.batchMax + 1 }, () => one) }],
  ])('too large: %s', async (_, body) => {
    const heard = await register(body)
    expect(heard.status).toBe(413)
    expect(heard.json()).toMatchObject({ code: 'too-large' })
    expect(size()).toBe(1)
  })

  it.each(['', 'a b', 'ç', 'x'.repeat(notaryApiLimits.keyCharsMax + 1), '""'])('a wrong key: %j', async (key) => {
    expect((await register(one, { key })).status).toBe(400)
    expect((await plain({ body: one, headers: { 'idempotency-key': key } })).status).toBe(400)
    expect(size()).toBe(1)
  })

  it('a wrong content type', async () => {
    const question = { body: JSON.stringify(one), headers: { 'content-type': 'text/plain' } }
    const heard = await asker(handlerOf(group.first))('/api/v1/registrations', question)
    expect(heard.status).toBe(415)
    expect(size()).toBe(1)
  })
})

describe('a batch', () => {
  const files = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      sha256: toHex(sha256(encodeText(`${at}`))),
      bytes: at,
      title: `${at}`,
    }))

  it('is cut into commands, and answered in its order', async () => {
    const heard = await register({ registrations: files(2_500) })
    expect(heard.status).toBe(201)
    expect(group.first.orders.map(({ registrations }) => registrations.length)).toEqual([1_000, 1_000, 500])
    const outcomes = outcomesOf(heard)
    expect(outcomes.map(({ record }) => record?.title)).toEqual(files(2_500).map(({ title }) => title))
    expect(heard.json()).toMatchObject({ size: 2_501 })
  })

  it('of long texts is cut by weight', async () => {
    const texts = Array.from({ length: 20 }, (_, at) => ({ document: `${at}`.padEnd(30_000, 'é') }))
    expect((await register({ registrations: texts })).status).toBe(201)
    for (const { registrations } of group.first.orders) {
      expect(registrations.length * 60_000).toBeLessThanOrEqual(notaryApiLimits.commandBytesMax)
    }
    expect(size()).toBe(21)
  })

  it('has only a few commands on their way', async () => {
    const heard = register({ registrations: files(4_500) })
    expect(group.first.orders.length).toBe(notaryApiLimits.commandsUnderWayMax)
    expect(outcomesOf(await heard)).toHaveLength(4_500)
    expect(group.first.orders.length).toBe(5)
  })

  it('says of each what became of it', async () => {
    await register(one, { key: 'k' })
    const batch = [one, { document: 'new' }, { document: '' }, { document: 'new' }, { document: 'x', id: 'k' }]
    const heard = await register({ registrations: batch })
    expect(heard.status).toBe(201)
    expect(outcomesOf(heard).map(({ kind, why }) => why ?? kind)).toEqual([
      'same-document',
      'registered',
      'empty',
      'same-document',
      'id-taken',
    ])
    expect((await register({ registrations: [one, { document: '' }] })).status).toBe(200)
  })

  it.each([
    [20, 'of all'],
    [200, 'of as many as an answer holds'],
  ])('of %i long documents that stand there names the records %s', async (count) => {
    const texts = Array.from({ length: count }, (_, at) => `${at}`.padEnd(notaryLimits.textBytesMax, 'x'))
    for (const text of texts) group.notary.register([{ ...textOf(''), id: null, document: { kind: 'text', text } }])
    const heard = await register({ registrations: texts.map((text) => ({ sha256: toHex(sha256(encodeText(text))) })) })
    expect(heard.status).toBe(200)
    const outcomes = outcomesOf(heard)
    const left = outcomes.filter(({ kind }) => kind === 'refused')
    expect(new Set(left.map(({ why }) => why))).toEqual(new Set(count === 20 ? [] : ['too-large']))
    const told = outcomes.flatMap(({ record }) => (record === undefined ? [] : [record.index]))
    expect(told).toEqual(Array.from({ length: count - left.length }, (_, at) => at + 1))
    // No more than the desk takes.
    expect(heard.bytes.length).toBeLessThan(apiLimits.bodyBytesMax)
  })

  it('of which nothing is taken is refused, and says how long the chain is all the same', async () => {
    await register(one)
    const heard = await register({ registrations: [{ document: '' }, { document: '' }] })
    expect(heard.status).toBe(422)
    expect(heard.json()).toMatchObject({ size: 2 })
    expect(outcomesOf(heard).map(({ why }) => why)).toEqual(['empty', 'empty'])
  })

  it('happens once under a key, whatever it is cut into, and is none of that key alone', async () => {
    await register(one, { key: 'k' })
    const texts = [{ document: 'a' }, { document: 'b' }]
    await register({ registrations: texts }, { key: 'k' })
    const again = await register({ registrations: texts }, { key: 'k' })
    expect(outcomesOf(again).map(({ kind }) => kind)).toEqual(['same-id', 'same-id'])
    expect(size()).toBe(4)
    const others = [{ document: 'c' }, { document: 'd', id: 'own' }]
    const other = await register({ registrations: others }, { key: 'k' })
    expect(outcomesOf(other).map(({ kind, why }) => why ?? kind)).toEqual(['id-taken', 'registered'])
  })

  it('is not definite once a part of it is in the chain', async () => {
    group.first.refusesToRegister = 'not-leader'
    const none = await register({ registrations: files(1_500) })
    expect(none.json()).toMatchObject({ status: 403, definite: true, leader: { nodeId: 'notary-1' } })
    group.first.orders.length = 0
    group.first.ordersCarriedOut = 1
    const part = await register({ registrations: files(1_500) })
    expect(part.json()).toMatchObject({ status: 403, code: 'not-leader', definite: false, registered: 1_000 })
    group.first.refusesToRegister = null
    expect(outcomesOf(await register({ registrations: files(1_500) }))).toHaveLength(1_500)
    expect(size()).toBe(1_501)
  })
})

describe('POST /register', () => {
  it('records the same text each time, and once under a key', async () => {
    for (const index of [1, 2]) {
      expect((await plain({ body: { document: 'x' } })).json()).toMatchObject({ block: { index, data: 'x' } })
    }
    const headers = { 'idempotency-key': 'k' }
    const first = await plain({ body: { document: 'x' }, headers })
    const again = await plain({ body: { document: 'x' }, headers })
    expect(again.body).toBe(first.body)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(size()).toBe(4)
  })

  it('names nobody when nobody leads', async () => {
    group.leader = null
    expect((await plain({ body: { document: 'x' } })).json()).toMatchObject({ leader_hint: 'Nenhum' })
  })

  it('refuses as a follower also when it was the leader a moment ago', async () => {
    group.first.refusesToRegister = 'not-leader'
    const heard = await plain({ body: { document: 'x' } })
    expect(heard.status).toBe(403)
    expect(heard.json()).toMatchObject({ leader_hint: 'node1:5001' })
  })
})
