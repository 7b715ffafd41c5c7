import { beforeEach, describe, expect, it } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import { decodeText } from '#kit/bytes'
import { nodeId } from '#kit/ids'
import { VirtualHosts, virtualPlan } from '../testing/virtual-hosts.ts'
import { deskRole } from './desk.ts'
import { DeskWorld, fakeJudge, hashOfOrder, orders } from './testing/desk-world.ts'
import { json } from './testing/fake-notary.ts'

let world: DeskWorld
beforeEach(() => {
  world = new DeskWorld()
})

it('a desk that begins anew counts its lives from elsewhere: an answer to the old one is none to the new one', () => {
  const firstLife = (storeHistory: 'kept' | 'damaged'): number => {
    const hosts = new VirtualHosts(['a', 'desk'])
    const ports = hosts.host(nodeId('desk')).ports()
    deskRole(() => fakeJudge)(virtualPlan(nodeId('desk'), hosts.ids), { ...ports, storeHistory })
    return Number(decodeText(ports.store.view().get('node', 'lives') ?? new Uint8Array()))
  }
  expect(firstLife('kept')).toBe(1)
  expect(firstLife('damaged')).toBeGreaterThan(1_000)
})

it('a desk that begins again takes no answer to what it had asked before for one to what it asks now', () => {
  world.register(orders(2))
  world.settled()
  world.restart()
  world.hosts.latencyMs = () => 40
  world.call('notary.find', { sha256: hashOfOrder(0) })
  world.hosts.run(20)
  world.restart()
  const found = world.ask('notary.find', { sha256: hashOfOrder(1) })
  expect(found).toMatchObject({ ok: true, value: { records: [{ sha256: hashOfOrder(1) }] } })
})

describe('a document on its way', () => {
  it('waits, is in the log, and is co-signed when the witnesses have come so far', () => {
    expect(world.register(orders(3))).toMatchObject({ ok: true, value: { waiting: 3 } })
    world.settled()
    expect(world.states()).toEqual(['in-log', 'in-log', 'in-log'])
    expect(world.items()[0]).toMatchObject({ position: 2, record: { index: 2 }, attempts: 1 })
    world.notary.witnessedSize = 2
    world.hosts.until(() => world.counts['co-signed'] === 2)
    expect(world.states()).toEqual(['in-log', 'co-signed', 'co-signed'])
    world.notary.witnessedSize = 3
    world.hosts.until(() => world.counts['co-signed'] === 3)
  })

  it('is known to have been registered before, when it was under another id', () => {
    world.register(orders(1))
    world.register([{ ...orders(1)[0]!, id: 'another' }])
    world.settled()
    expect(world.states()).toEqual(['already', 'in-log'])
    expect(world.items()[0]).toMatchObject({ record: { index: 0 } })
  })

  it('is refused alone, with what the peer says of it', () => {
    const [first, second, third] = orders(3)
    world.register([first!, { ...second!, title: 'unwanted' }, third!])
    world.settled()
    expect(world.states()).toEqual(['in-log', 'refused', 'in-log'])
    expect(world.items('refused')).toMatchObject([{ whyRefused: 'malformed', position: 1 }])
  })

  it('that spoils its whole batch is found and refused, and the others are registered in their order', () => {
    const [first, second, third] = orders(3)
    world.register([first!, { ...second!, title: 'spoilt' }, third!])
    world.settled()
    expect(world.states()).toEqual(['in-log', 'refused', 'in-log'])
    expect(world.items('refused')).toMatchObject([{ whyRefused: 'bad-request' }])
    expect(world.notary.records.map(({ title }) => title)).toEqual(['document 0', 'document 2'])
  })

  it('goes in batches, in the order in which it came', () => {
    for (let from = 0; from < 1_200; from += 400) world.register(orders(400, from))
    world.settled()
    expect(world.notary.batches.length).toBeLessThan(6)
    expect(Math.max(...world.notary.batches)).toBeLessThanOrEqual(500)
    expect(world.notary.asked).toEqual(orders(1_200).map(({ id }) => id))
  })

  it('of many letters goes in a batch of few', () => {
    const text = 'á'.repeat(20_000)
    world.register(orders(20).map((order) => ({ ...order, document: { kind: 'text', text: `${text}${order.id}` } })))
    world.settled()
    expect(world.notary.records).toHaveLength(20)
    expect(Math.max(...world.notary.batches)).toBeLessThan(8)
  })
})

describe('a desk in bad weather', () => {
  it('follows the hint to another leader, and goes to that one first from then on', () => {
    world.notary.leader = world.peers[2]!
    world.register(orders(1))
    world.settled()
    expect(world.items()).toMatchObject([{ state: 'in-log', attempts: 1 }])
  })

  it('does not run in circles between two peers that name each other', () => {
    const [a, b] = world.peers
    let asked = 0
    const answer = world.notary.answer.bind(world.notary)
    world.notary.answer = (self, request) => {
      if (request.method !== 'POST') return answer(self, request)
      asked += 1
      if (asked > 1_000) throw new Error('in circles')
      return json(403, { code: 'not-leader', leader: { nodeId: self === a ? b : a, address: null } })
    }
    world.register(orders(1))
    world.hosts.run(10_000)
    expect(asked).toBeLessThan(80)
    world.notary.answer = answer
    world.settled()
    expect(world.notary.records).toHaveLength(1)
  })

  it('asks the next peer when one is silent, with the same ids', () => {
    world.notary.moods.set(world.peers[0]!, 'mute')
    world.register(orders(5))
    world.hosts.until(() => world.notary.records.length === 5)
    world.notary.leader = world.peers[1]!
    world.settled()
    expect(world.notary.records).toHaveLength(5)
    expect(world.states()).toEqual(Array.from({ length: 5 }, () => 'in-log'))
  })

  it('backs off while nobody leads, and goes on when somebody does', () => {
    world.notary.leader = null
    let asked = 0
    const answer = world.notary.answer.bind(world.notary)
    world.notary.answer = (self, request) => {
      if (request.method === 'POST') asked += 1
      return answer(self, request)
    }
    world.register(orders(2))
    world.hosts.run(60_000)
    expect(world.states()).toEqual(['sent', 'sent'])
    expect(asked).toBeLessThan(120)
    world.notary.leader = world.peers[1]!
    world.settled(10_000)
    expect(world.notary.records).toHaveLength(2)
  })

  it.each(['busy', 'garbage', 'liar', 'deaf'] as const)('outlives a leader that is %s', (mood) => {
    world.notary.moods.set(world.peers[0]!, mood)
    world.register(orders(3))
    world.hosts.run(3_000)
    expect(world.states()).toEqual(['sent', 'sent', 'sent'])
    world.notary.moods.clear()
    world.settled(15_000)
    expect(world.states()).toEqual(['in-log', 'in-log', 'in-log'])
    expect(world.facts.anomalies > 0).toBe(mood === 'garbage' || mood === 'liar')
  })

  it('takes nothing while its disk is full, and says so', () => {
    world.notary.leader = null
    world.host.disk.isFull = true
    expect(world.register(orders(1))).toMatchObject({ ok: false, failure: { code: 'disk-full' } })
    expect(world.facts).toMatchObject({ canWrite: false, desk: { outbox: { waiting: 0 } } })
    world.host.disk.isFull = false
    expect(world.register(orders(1))).toMatchObject({ ok: true })
    expect(world.facts.canWrite).toBe(true)
  })

  it('does nothing while it is paused, and goes on afterwards', () => {
    world.setFaults({ ...noFaults, isPaused: true })
    world.register(orders(1))
    world.hosts.run(2_000)
    expect(world.notary.asked).toEqual([])
    world.setFaults(noFaults)
    world.settled()
    expect(world.notary.records).toHaveLength(1)
  })
})

describe('what a desk says', () => {
  it('counts up its revision only when something that is shown has changed', () => {
    world.hosts.run(12_000)
    const { revision } = world.facts.desk!
    world.hosts.run(60_000)
    expect(world.facts.desk!.revision).toBe(revision)
    world.register(orders(1))
    expect(world.facts.desk!.revision).toBeGreaterThan(revision)
  })

  it('asks peers seldom while nobody cares', () => {
    world.hosts.run(10_000)
    const before = world.host.wire.links().reduce((sum, { sentCount }) => sum + sentCount, 0)
    world.hosts.run(60_000)
    const after = world.host.wire.links().reduce((sum, { sentCount }) => sum + sentCount, 0)
    // Twelve rounds to three peers, and two of them ask for addresses too.
    expect(after - before).toBeLessThanOrEqual(12 * 3 + 2 * 3)
  })

  it('tells how far each peer is, and who has what', () => {
    world.register(orders(4))
    world.settled()
    world.hosts.run(6_000)
    const status = world.ask('notary.status', {})
    expect(status).toMatchObject({
      ok: true,
      value: { size: 4, leader: 'a', origin: 'o', isApproved: true, policy: 'policy 1\n', counts: { 'in-log': 4 } },
    })
    expect(status.ok && status.value.peers.map(({ nodeId, size, http }) => [nodeId, size, http])).toEqual(
      world.peers.map((id) => [id, 4, '127.0.0.1:5001']),
    )
    expect(world.items()[0]?.copies).toBe(3)
  })

  it('finds records, and says who told it and how old that was', () => {
    world.register(orders(2))
    world.settled()
    const found = world.ask('notary.records', { search: '', before: null, limit: 10 })
    expect(found).toMatchObject({ ok: true, value: { size: 2, from: 'a', lagEntries: 3 } })
    expect(world.ask('notary.find', { sha256: hashOfOrder(1) })).toMatchObject({
      ok: true,
      value: { records: [{ index: 1 }] },
    })
    expect(world.ask('notary.chain', { nodeId: world.peers[1]!, from: 0, limit: 5 })).toMatchObject({
      ok: true,
      value: { size: 2 },
    })
  })

  it('shows nothing of an answer that has another shape, and knows no peer but those of the notary', () => {
    for (const peer of world.peers) world.notary.moods.set(peer, 'garbage')
    expect(world.ask('notary.find', { sha256: '0'.repeat(64) })).toMatchObject({ failure: { code: 'internal' } })
    const stranger = world.ask('notary.chain', { nodeId: world.host.id, from: 0, limit: 5 })
    expect(stranger).toMatchObject({ failure: { code: 'unknown-node' } })
    expect(world.ask('notary.repair', { nodeId: world.peers[0]! })).toMatchObject({
      failure: { code: 'does-not-apply' },
    })
  })

  it('answers in time, also when everybody is silent', () => {
    for (const peer of world.peers) world.notary.moods.set(peer, 'deaf')
    const given = world.call('notary.find', { sha256: '0'.repeat(64) })
    world.hosts.run(4_500)
    expect(given.result).toMatchObject({ failure: { code: 'timed-out' } })
  })
})
