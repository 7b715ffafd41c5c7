import { describe, expect, it } from 'vitest'
import type { NotaryQuery } from '#cores/notary/messages'
import { decodeRecord, encodeRecord } from '#cores/notary/record-codec'
import { perPage, rowKey, spaces } from '#cores/notary/rows'
import { recordsIn } from '#cores/notary/stored-records'
import { ByteWriter, encodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import { plainSha256 } from '#kit/sha256'
import type { StateTx } from '#kit/state-machine'
import { tamperWith } from './tamper.ts'
import { fileOf, textOf, VirtualNotary } from './testing/virtual-notary.ts'

const documents = 300
const spoilt = 77

function setUp() {
  const notary = new VirtualNotary()
  const leader = notary.untilLed()
  const registrations = Array.from({ length: documents }, (_, at) => (at % 3 === 0 ? fileOf(`${at}`) : textOf(`${at}`)))
  notary.registered(leader, registrations)
  notary.untilWitnessed(documents + 1)
  const follower = notary.members.find((id) => id !== leader)!
  return { notary, leader, follower }
}

function tamper(notary: VirtualNotary, id: NodeId, index = spoilt): void {
  expect(notary.request(id, { kind: 'tamper', index })).toEqual([{ ok: true, value: null }])
}

function examined(notary: VirtualNotary, id: NodeId) {
  const view = () => notary.role(id).facts().notary!.examination
  expect(notary.request(id, { kind: 'examine' })).toEqual([{ ok: true, value: null }])
  notary.hosts.until(() => view().kind !== 'running')
  return view()
}

describe('a copy that somebody changed', () => {
  it('is found by an examination, which names the first record that is wrong', () => {
    const { notary, follower, leader } = setUp()
    expect(examined(notary, follower)).toMatchObject({ kind: 'sound', size: documents + 1 })
    tamper(notary, follower)
    expect(examined(notary, follower)).toMatchObject({ kind: 'broken', index: spoilt })
    expect(examined(notary, leader)).toMatchObject({ kind: 'sound' })
  })

  it('lies on the disk of that peer, where no checksum of a row shows it', () => {
    const { notary, follower } = setUp()
    tamper(notary, follower)
    notary.hosts.run(1_000)
    notary.powerOff(follower)
    notary.boot(follower)
    expect(examined(notary, follower)).toMatchObject({ kind: 'broken', index: spoilt })
  })

  it.each<NotaryQuery>([
    { kind: 'inclusion', index: spoilt, size: documents + 1 },
    { kind: 'records', from: spoilt - 5, limit: 10, order: 'up' },
    { kind: 'by-hash', sha256: plainSha256(encodeText(`${spoilt - 1}`)), limit: 5 },
    { kind: 'by-id', id: `${spoilt - 1}` },
    { kind: 'search', text: `about ${spoilt - 1}`, before: null, limit: 100 },
  ])('is never served: $kind', (query) => {
    const { notary, follower } = setUp()
    expect(notary.ask(follower, query)).toMatchObject({ ok: true })
    tamper(notary, follower)
    expect(notary.ask(follower, query)).toMatchObject({ failure: { code: 'store-damaged' } })
    // Nothing else of it is trusted any more either.
    const elsewhere = { kind: 'records', from: 1, limit: 5, order: 'up' } as const
    expect(notary.ask(follower, elsewhere)).toMatchObject({ failure: { code: 'store-damaged' } })
    expect(notary.ask(follower, { kind: 'status' })).toMatchObject({ ok: true })
    expect(notary.role(follower).facts().notary).toMatchObject({ examination: { kind: 'broken', index: spoilt } })
  })

  it('is shown as it stands to whoever asks for the file itself, with the record that is wrong and the check', () => {
    const { notary, follower } = setUp()
    const page = (from: number) => chainOf(notary, follower, from)
    expect(page(spoilt - 2)).toMatchObject({ breaks: [], broken: null })
    tamper(notary, follower)
    const { records, breaks, broken } = page(spoilt - 2)
    expect(records.map(({ index }) => index)).toEqual([spoilt - 2, spoilt - 1, spoilt, spoilt + 1, spoilt + 2])
    expect(records[2]?.title).toBe(`about ${spoilt - 1}*`)
    expect(breaks).toMatchObject([{ index: spoilt }])
    expect(broken, 'whoever looks has found it').toEqual(breaks[0])
    expect(page(1)).toMatchObject({ breaks: [], broken })
    const query = { kind: 'records', from: 1, limit: 5, order: 'up' } as const
    expect(notary.ask(follower, query)).toMatchObject({ failure: { code: 'store-damaged' } })
  })

  it('is shown up to a record that cannot be read, and that one is named', () => {
    const { notary, follower } = setUp()
    garble(notary, follower, spoilt)
    expect(chainOf(notary, follower, spoilt - 2)).toMatchObject({
      records: [{ index: spoilt - 2 }, { index: spoilt - 1 }],
      breaks: [{ index: spoilt, check: 'unreadable' }],
    })
  })

  it('is not served either where it cannot even be read, and is looked for', () => {
    const { notary, follower } = setUp()
    garble(notary, follower, spoilt)
    const query = { kind: 'records', from: spoilt, limit: 1, order: 'up' } as const
    expect(notary.ask(follower, query)).toMatchObject({ failure: { code: 'store-damaged' } })
    const view = () => notary.role(follower).facts().notary!.examination
    notary.hosts.until(() => view().kind === 'broken')
    expect(view()).toMatchObject({ index: spoilt, check: 'unreadable' })
  })

  it('is known to be wrong in the next life of the peer too', () => {
    const { notary, follower } = setUp()
    tamper(notary, follower)
    examined(notary, follower)
    notary.hosts.run(1_000)
    notary.powerOff(follower)
    notary.boot(follower)
    const query = { kind: 'records', from: 1, limit: 5, order: 'up' } as const
    expect(notary.ask(follower, query)).toMatchObject({ failure: { code: 'store-damaged' } })
  })

  it('makes its peer co-sign nothing, and lead nobody', () => {
    const { notary, leader, follower } = setUp()
    tamper(notary, leader)
    examined(notary, leader)
    notary.hosts.until(() => notary.leader !== null && notary.leader !== leader)
    const next = notary.untilLed()
    notary.registered(next, [textOf('after')])
    const sound = notary.members.filter((id) => id !== leader)
    notary.hosts.until(() => sound.every((id) => notary.service(id).witnessed?.size === documents + 2))
    const own = `/${leader} `
    for (const id of sound) expect(notary.service(id).witnessed!.note).not.toContain(own)
    expect(notary.service(follower).witnessed!.note).toContain(`/${follower} `)
  })

  it.each(['follower', 'leader'] as const)('of a %s is repaired from the others', (which) => {
    const set = setUp()
    const { notary } = set
    const id = set[which]
    tamper(notary, id)
    expect(examined(notary, id)).toMatchObject({ kind: 'broken' })
    const repaired = notary.request(id, { kind: 'repair' })
    notary.hosts.until(() => repaired.length > 0)
    expect(repaired).toEqual([{ ok: true, value: null }])
    notary.hosts.until(() =>
      notary.service(id).standing.members.some(({ nodeId, isVoter }) => nodeId === id && isVoter),
    )
    notary.hosts.until(() => notary.found(id, { kind: 'status' }).size === documents + 1)
    expect(examined(notary, id)).toMatchObject({ kind: 'sound', size: documents + 1 })
    const { records } = notary.found(id, { kind: 'records', from: spoilt, limit: 1, order: 'up' })
    expect(records[0]?.title).toBe(`about ${spoilt - 1}`)
    notary.registered(notary.untilLed(), [textOf('after')])
    notary.untilWitnessed(documents + 2)
  })

  it('is not repaired when the others are no majority without it', () => {
    const { notary, leader, follower } = setUp()
    notary.powerOff(leader)
    notary.powerOff(notary.members.find((id) => id !== leader && id !== follower)!)
    notary.hosts.run(2_000)
    const repaired = notary.request(follower, { kind: 'repair' })
    notary.hosts.until(() => repaired.length > 0)
    expect(repaired).toMatchObject([{ failure: { code: 'does-not-apply' } }])
    expect(notary.found(follower, { kind: 'status' }).size).toBe(documents + 1)
  })

  it('does not come about where there is no such record', () => {
    const { notary, follower } = setUp()
    const answers = notary.request(follower, { kind: 'tamper', index: documents + 1 })
    expect(answers).toMatchObject([{ failure: { code: 'not-found' } }])
  })
})

describe('a copy that is wrong and nobody knows why', () => {
  it('is said so to everybody, and then taken anew from the others, without being asked', () => {
    const { notary, follower } = setUp()
    change(notary, follower)
    const query = { kind: 'records', from: spoilt, limit: 1, order: 'up' } as const
    expect(notary.ask(follower, query)).toMatchObject({ failure: { code: 'store-damaged' } })
    expect(notary.role(follower).facts().notary).toMatchObject({ examination: { kind: 'broken', isHealing: true } })
    expect(notary.service(follower).standing.broken).toMatchObject({ index: spoilt })
    const notes = notary.hosts.host(follower).trace.of('copy-broken')
    expect(notes).toMatchObject([{ what: { index: spoilt, isLesson: false } }])
    notary.hosts.until(() => notary.service(follower).standing.broken === null)
    notary.hosts.until(() => sizeAt(notary, follower) === documents + 1)
    expect(examined(notary, follower)).toMatchObject({ kind: 'sound', size: documents + 1 })
    expect(notary.found(follower, query).records[0]?.title).toBe(`about ${spoilt - 1}`)
  })

  it('is computed anew when it has come: what others gave is believed no more than what was there', () => {
    const { notary, follower } = setUp()
    change(notary, follower)
    examined(notary, follower)
    notary.hosts.until(() => notary.service(follower).standing.broken === null)
    const view = () => notary.role(follower).facts().notary!.examination
    notary.hosts.until(() => view().kind === 'sound')
    expect(view()).toMatchObject({ size: documents + 1 })
  })

  it('is kept where another one is wrong too, and nobody has noticed that yet', () => {
    const { notary, leader, follower } = setUp()
    const third = notary.members.find((id) => id !== leader && id !== follower)!
    change(notary, third, spoilt + 1)
    change(notary, follower)
    examined(notary, follower)
    notary.hosts.until(() => notary.service(third).standing.broken !== null)
    expect(notary.service(third).standing.broken).toMatchObject({ index: spoilt + 1 })
    notary.hosts.run(8_000)
    for (const id of [follower, third]) expect(notary.service(id).standing.broken).not.toBeNull()
  })

  it.each([[['a']], [['a', 'b']]])('does not wait for what cannot come: %j', (names) => {
    const notary = new VirtualNotary(names)
    const leader = notary.untilLed()
    notary.registered(leader, [textOf('only')])
    change(notary, leader, 1)
    expect(examined(notary, leader)).toMatchObject({ kind: 'broken', isHealing: false })
  })

  it('of the leader is taken anew when another one leads', () => {
    const { notary, leader } = setUp()
    change(notary, leader)
    examined(notary, leader)
    notary.hosts.until(() => notary.service(leader).standing.broken === null)
    notary.hosts.until(() => sizeAt(notary, leader) === documents + 1)
    expect(notary.untilLed()).not.toBe(leader)
  })

  it('is kept while the others are no majority without it, and taken anew as soon as they are', () => {
    const { notary, leader, follower } = setUp()
    const third = notary.members.find((id) => id !== leader && id !== follower)!
    change(notary, follower)
    notary.powerOff(third)
    examined(notary, follower)
    notary.hosts.run(8_000)
    expect(notary.service(follower).standing.broken).not.toBeNull()
    notary.boot(third)
    notary.hosts.until(() => notary.service(follower).standing.broken === null)
    notary.hosts.until(() => sizeAt(notary, follower) === documents + 1)
  })

  it('is kept while that of another one is wrong too, so that no mistake of ours takes all copies away', () => {
    const { notary, leader, follower } = setUp()
    const third = notary.members.find((id) => id !== leader && id !== follower)!
    for (const id of [follower, third]) change(notary, id)
    for (const id of [follower, third]) examined(notary, id)
    notary.hosts.run(8_000)
    for (const id of [follower, third]) expect(notary.service(id).standing.broken).not.toBeNull()
    const repaired = notary.request(third, { kind: 'repair' })
    notary.hosts.until(() => repaired.length > 0)
    notary.hosts.until(() => notary.members.every((id) => notary.service(id).standing.broken === null))
    notary.hosts.until(() => notary.members.every((id) => sizeAt(notary, id) === documents + 1))
  })

  it('is kept while another one is still to be taken anew, though nobody has told the leader of that one yet', () => {
    const { notary, leader, follower } = setUp()
    const third = notary.members.find((id) => id !== leader && id !== follower)!
    for (const id of [follower, third]) change(notary, id)
    for (const id of [follower, third]) examined(notary, id)
    notary.hosts.run(4_000)
    notary.hosts.cut.add(`${third}>${leader}`)
    notary.request(third, { kind: 'repair' })
    notary.hosts.run(1_000)
    expect(notary.service(follower).standing.broken).not.toBeNull()
    notary.hosts.cut.clear()
    notary.hosts.until(() => notary.members.every((id) => notary.service(id).standing.broken === null))
    notary.hosts.until(() => notary.members.every((id) => sizeAt(notary, id) === documents + 1))
  })

  it('waits for somebody if it was taken anew a moment ago: then it is no accident', () => {
    const { notary, follower } = setUp()
    change(notary, follower)
    examined(notary, follower)
    notary.hosts.until(() => notary.service(follower).standing.broken === null)
    notary.hosts.until(() => sizeAt(notary, follower) === documents + 1)
    change(notary, follower)
    expect(examined(notary, follower)).toMatchObject({ kind: 'broken', isHealing: false })
    notary.powerOff(follower)
    notary.boot(follower)
    notary.hosts.run(10_000)
    expect(notary.role(follower).facts().notary).toMatchObject({ examination: { kind: 'broken', isHealing: false } })
  })
})

describe('a copy that was changed as a lesson', () => {
  it('stays as it is until somebody repairs it, also over a restart', () => {
    const { notary, follower } = setUp()
    tamper(notary, follower)
    expect(examined(notary, follower)).toMatchObject({ kind: 'broken', isHealing: false })
    const notes = notary.hosts.host(follower).trace.of('copy-broken')
    expect(notes).toMatchObject([{ what: { index: spoilt, isLesson: true } }])
    notary.hosts.run(8_000)
    notary.powerOff(follower)
    notary.boot(follower)
    notary.hosts.run(8_000)
    expect(notary.service(follower).standing.broken).toMatchObject({ index: spoilt })
  })

  it.each([['a'], ['a', 'b']])('is not given where the others could not repair it', (...names) => {
    const notary = new VirtualNotary(names)
    const leader = notary.untilLed()
    notary.registered(leader, [textOf('only')])
    expect(notary.request(leader, { kind: 'tamper', index: 1 })).toMatchObject([
      { failure: { code: 'does-not-apply' } },
    ])
    expect(examined(notary, leader)).toMatchObject({ kind: 'sound' })
  })

  it('is none where there was nothing to change, and over when an examination finds nothing', () => {
    const { notary, follower } = setUp()
    expect(notary.request(follower, { kind: 'tamper', index: 9_999 })).toMatchObject([
      { failure: { code: 'not-found' } },
    ])
    change(notary, follower)
    expect(examined(notary, follower)).toMatchObject({ kind: 'broken', isHealing: true })
    notary.hosts.until(() => notary.service(follower).standing.broken === null)
    notary.hosts.until(() => sizeAt(notary, follower) === documents + 1)
    tamper(notary, follower)
    notary.member(follower).replica.spoil((state) => unchange(state))
    expect(examined(notary, follower)).toMatchObject({ kind: 'sound' })
    expect(notary.member(follower).ports.store.view().get('notary-own', 'lesson')).toBeNull()
  })

  it('is over with its repair: what is wrong after that is an accident again', () => {
    const { notary, follower } = setUp()
    tamper(notary, follower)
    const repaired = notary.request(follower, { kind: 'repair' })
    notary.hosts.until(() => repaired.length > 0)
    notary.hosts.until(() => sizeAt(notary, follower) === documents + 1)
    change(notary, follower)
    expect(examined(notary, follower)).toMatchObject({ kind: 'broken', isHealing: true })
  })
})

/** As something that nobody did on purpose would; the row's own checksum is right all the same. */
function change(notary: VirtualNotary, id: NodeId, index = spoilt): void {
  notary.member(id).replica.spoil((state) => void tamperWith(state, index))
}

/** As it was. */
function unchange(state: StateTx): void {
  const key = rowKey(Math.floor(spoilt / perPage))
  const row = state.get(spaces.records, key)!
  const writer = new ByteWriter()
  for (const [place, bytes] of recordsIn(row).entries()) {
    const record = decodeRecord(bytes)!
    const isMeant = place === spoilt % perPage
    writer.bytes(isMeant ? encodeRecord({ ...record, title: record.title.replace(/\*$/, '') }) : bytes)
  }
  state.put(spaces.records, key, writer.done())
}

/** The record keeps its place in its row, and is no record any more. */
function garble(notary: VirtualNotary, id: NodeId, index: number): void {
  notary.member(id).replica.spoil((state) => {
    const key = rowKey(Math.floor(index / perPage))
    const writer = new ByteWriter()
    for (const [place, bytes] of recordsIn(state.get(spaces.records, key)!).entries()) {
      writer.bytes(place === index % perPage ? Uint8Array.of(255) : bytes)
    }
    state.put(spaces.records, key, writer.done())
  })
}

function sizeAt(notary: VirtualNotary, id: NodeId): number {
  return notary.role(id).facts().notary?.size ?? 0
}

interface Page {
  readonly records: readonly { readonly index: number; readonly title: string }[]
  readonly breaks: readonly object[]
  readonly broken: object | null
}

function chainOf(notary: VirtualNotary, id: NodeId, from: number): Page {
  const query = new Map([
    ['from', String(from)],
    ['limit', '5'],
  ])
  const { status, body } = notary.http(id, { path: '/api/v1/chain', query })
  expect(status).toBe(200)
  return JSON.parse(new TextDecoder().decode(body)) as Page
}
