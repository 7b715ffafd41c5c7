import { describe, expect, it } from 'vitest'
import type { NotaryQuery } from '#cores/notary/messages'
import { encodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import { plainSha256 } from '#kit/sha256'
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
