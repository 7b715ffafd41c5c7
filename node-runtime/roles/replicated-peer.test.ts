import { describe, expect, it } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import { LamportClock } from '#cores/clocks/lamport'
import { encodeRaftMessage } from '#cores/raft/codec'
import { decodeRegisterAnswer } from '#cores/registers/answers'
import { registers } from '#cores/registers/registers'
import { encodeRegisterCommand, encodeRegisterQuery } from '#cores/registers/requests'
import { type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { encodeEnvelope } from './envelope.ts'
import { Post } from './post.ts'
import { Lanes } from './replica/lanes.ts'
import { LogClient } from './replica/log-client.ts'
import { replicatedPeer } from './replicated-peer.ts'
import type { RunningRole } from './role.ts'
import { FakeTrace, fullDisk } from './testing/fake-ports.ts'
import { VirtualHosts, virtualPlan } from './testing/virtual-hosts.ts'

const start = replicatedPeer(registers)
const client = nodeId('client')

function setUp() {
  const hosts = new VirtualHosts(['a', 'b', 'c', client])
  const members = hosts.ids.filter((id) => id !== client)
  const roles = new Map(members.map((id) => [id, start(virtualPlan(id, members), hosts.host(id).ports())]))
  const factsOf = (id: NodeId) => roles.get(id)!.facts()
  const leaderOf = (): NodeId | undefined => members.find((id) => factsOf(id).leadership?.leadership === 'leader')
  hosts.until(() => leaderOf() !== undefined && members.every((id) => factsOf(id).leadership?.leader === leaderOf()))
  return { hosts, members, roles, factsOf, leaderOf, leader: leaderOf()! }
}

function openClient(hosts: VirtualHosts, members: readonly NodeId[]) {
  const { wire, clock, later } = hosts.host(client)
  const ports = { wire, clock, trace: new FakeTrace() }
  const post = new Post({ id: client, life: 1, lamport: new LamportClock(), ports })
  wire.listen((from, bytes) => post.receive(from, bytes))
  const log = new LogClient({ post, clock, wire, peers: members, soon: later.soon })
  const lanes = new Lanes({ log, lanesMax: 4, waitingMax: 100, soon: later.soon })
  return { log, lanes }
}

describe('a replicated peer', () => {
  it('shows who leads, where the log is and how its clock stands', () => {
    const { hosts, members, factsOf, leader } = setUp()
    hosts.run(5_000)
    const follower = members.find((id) => id !== leader)!
    const { leadership, log, clockSync, timers } = factsOf(leader)
    expect(leadership).toMatchObject({
      leadership: 'leader',
      members,
      learners: [],
      lost: [],
      incarnation: 1,
      answering: 3,
    })
    expect(log).toMatchObject({ lastIndex: 1, committedIndex: 1, appliedIndex: 1, snapshotIndex: 0 })
    expect(log?.peers.map(({ matchIndex, isPresent }) => [matchIndex, isPresent])).toEqual([
      [1, true],
      [1, true],
    ])
    expect(clockSync).toMatchObject({ coordinator: leader, takenPart: 3, outliers: [] })
    expect(timers).toEqual([])
    expect(factsOf(follower)).toMatchObject({ log: { peers: [] }, clockSync: { coordinator: leader } })
    expect(factsOf(follower).timers).toMatchObject([{ name: 'election' }])
  })

  it('answers clients over the wire, whoever of the group they ask first', () => {
    const { hosts, members } = setUp()
    const { log, lanes } = openClient(hosts, members)
    const results: Result<unknown>[] = []
    const done = (result: Result<unknown>): void => void results.push(result)
    const value = new Uint8Array([7])
    for (let count = 0; count < 10; count += 1) {
      lanes.propose(encodeRegisterCommand({ kind: 'append', key: 'list', item: value }), done)
    }
    hosts.until(() => results.length === 10)
    let items = 0
    log.read(encodeRegisterQuery({ kind: 'read-list', key: 'list' }), 'linearizable', (result) => {
      const answer = result.ok ? decodeRegisterAnswer(result.value.answer) : null
      items = answer?.kind === 'list' ? answer.items.length : -1
    })
    hosts.until(() => items !== 0)
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(items).toBe(10)
  })

  it('hears nothing about the log from who is no member', () => {
    const { hosts, leader, factsOf } = setUp()
    const message = { kind: 'heartbeat', term: 99, round: 1, commit: 0, incarnation: 1 } as const
    const head = { number: 1, kind: message.kind, isTraced: true, lamport: 1, cause: null }
    hosts.host(client).wire.send(leader, encodeEnvelope({ ...head, body: encodeRaftMessage(message) }))
    hosts.host(client).wire.send(leader, encodeEnvelope({ ...head, kind: 'propose', body: new Uint8Array(3) }))
    hosts.deliver()
    expect(factsOf(leader)).toMatchObject({ anomalies: 2, leadership: { leadership: 'leader' } })
  })

  it('drops a chunk that is not as it was read, and asks for it again', () => {
    const { hosts, members, factsOf, leader } = setUp()
    const follower = members.find((id) => id !== leader)!
    const { term } = factsOf(leader).leadership!
    const snapshot = { end: { index: 9, term }, membership: [], transfer: 1, atMs: 0, lamport: 0 }
    const chunk = { snapshot, number: 0, isLast: true, bytes: new Uint8Array([1, 2, 3]) }
    const message = { kind: 'snapshot-chunk', term, incarnation: 1, ...chunk } as const
    const head = { number: 1, kind: message.kind, isTraced: true, lamport: 1, cause: null }
    hosts.host(leader).wire.send(follower, encodeEnvelope({ ...head, body: encodeRaftMessage(message) }))
    hosts.run(100)
    expect(factsOf(follower)).toMatchObject({ anomalies: 1, log: { lastIndex: 1, snapshotIndex: 0 } })
  })

  it('brings the clocks of its group together, and shows what it adds to its own', () => {
    const { hosts, members, factsOf, leader } = setUp()
    const [slow, fast] = members.filter((id) => id !== leader) as [NodeId, NodeId]
    hosts.host(slow).clock.skewMs = -300
    hosts.host(fast).clock.skewMs = 600
    hosts.run(20_000)
    const times = members.map((id) => hosts.host(id).clock.wall() + (factsOf(id).clockSync?.offsetMs ?? 0))
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(30)
    expect(factsOf(slow).clockSync?.offsetMs).toBeGreaterThan(300)
    expect(factsOf(fast).clockSync).toMatchObject({ coordinator: leader, takenPart: null })
    expect(factsOf(leader).clockSync).toMatchObject({ takenPart: 3, outliers: [] })
  })

  it('obeys a pause at once, and says nothing while it lasts', () => {
    const { hosts, roles, leader, factsOf, leaderOf } = setUp()
    const role = roles.get(leader)!
    role.setFaults({ ...noFaults, isPaused: true })
    expect(factsOf(leader).isPaused).toBe(true)
    const said = hosts.host(leader).trace.of('sent').length
    hosts.run(6_000)
    expect(hosts.host(leader).trace.of('sent')).toHaveLength(said)
    role.setFaults(noFaults)
    hosts.until(() => factsOf(leader).leadership?.leadership === 'follower')
    expect(roles.get(leaderOf()!)).toBeDefined()
  })

  it('obeys a full disk at once, and shows it', () => {
    const { hosts, roles, leader, factsOf, leaderOf } = setUp()
    const role = roles.get(leader)!
    hosts.host(leader).disk.isFull = true
    role.setFaults({ ...noFaults, isDiskFull: true })
    expect(factsOf(leader)).toMatchObject({ isPaused: false, canWrite: false, leadership: { leadership: 'follower' } })
    hosts.until(() => leaderOf() !== undefined)
    expect(leaderOf()).not.toBe(leader)
    hosts.host(leader).disk.isFull = false
    role.setFaults(noFaults)
    expect(factsOf(leader).canWrite).toBe(true)
  })

  it('gives its lead away when it is asked to', () => {
    const { hosts, members, roles, leader, leaderOf } = setUp()
    const to = members.find((id) => id !== leader)!
    const answers: Result<unknown>[] = []
    const ask = (): void => roles.get(leader)!.answer({ kind: 'hand-over', to }, (result) => void answers.push(result))
    ask()
    hosts.until(() => leaderOf() === to)
    ask()
    expect(answers).toMatchObject([{ ok: true, value: null }, { failure: { code: 'not-leader' } }])
  })

  it('that has run before and finds nothing on its disk is somebody new, and is taken in', () => {
    const { hosts, members, roles, leader } = setUp()
    const id = members.find((one) => one !== leader)!
    roles.get(id)!.stop()
    const host = hosts.host(id)
    host.loseDisk()
    const plan = virtualPlan(id, members)
    const role: RunningRole = start({ ...plan, group: { ...plan.group!, hasRun: true } }, host.ports())
    const { incarnation } = role.facts().leadership!
    expect(incarnation).not.toBe(1)
    hosts.until(() => role.facts().leadership!.members.includes(id))
    expect(role.facts().leadership!.incarnation).toBe(incarnation)
  })

  it('begins a life as the faults have it: asleep, or on a disk that is full', () => {
    const { hosts, members, roles, leader } = setUp()
    const id = members.find((one) => one !== leader)!
    roles.get(id)!.stop()
    const host = hosts.host(id)
    const plan = virtualPlan(id, members)
    const asleep = start({ ...plan, faults: { ...noFaults, isPaused: true } }, host.ports())
    expect(asleep.facts()).toMatchObject({ isPaused: true, canWrite: true })
    asleep.stop()
    host.disk.isFull = true
    expect(start(plan, host.ports()).facts()).toMatchObject({ isPaused: false, canWrite: false })
  })

  it('does not start on a disk on which nothing can be founded', () => {
    const hosts = new VirtualHosts(['a'])
    const host = hosts.host(hosts.ids[0]!)
    host.disk.isFull = true
    expect(() => start(virtualPlan(host.id, hosts.ids), host.ports())).toThrow(
      expect.objectContaining({ code: fullDisk.code }),
    )
  })
})
