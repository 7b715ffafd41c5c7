import { describe, expect, it } from 'vitest'
import { entryBytesMax } from '#cores/raft/entry'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { StateMachine } from '#kit/state-machine'
import type { Applied } from '#ports/replicated-log'
import { Post } from '../post.ts'
import { tickMs, VirtualHosts, virtualPlan } from '../testing/virtual-hosts.ts'
import { Replica, type ReplicaParts, replicaLimits } from './replica.ts'

/** Counts its commands. */
const counter: StateMachine = {
  apply: (_, state) => {
    const count = (state.get('counter', 'count')?.[0] ?? 0) + 1
    state.put('counter', 'count', new Uint8Array([count]))
    return new Uint8Array([count])
  },
  query: (query, state) => new Uint8Array([state.get('counter', 'count')?.[0] ?? 0, ...query]),
}

const nothing = new Uint8Array(0)

function startReplica(hosts: VirtualHosts, id: NodeId, overrides: Partial<ReplicaParts> = {}): Replica {
  const host = hosts.host(id)
  const { group, timing, peers } = virtualPlan(id, hosts.ids)
  if (group === null) throw new Error('a member of a group')
  const ports = host.ports()
  const post = new Post({ id, life: 1, lamport: host.lamport, ports })
  const replica = new Replica({
    config: { id, peers: peers.map(({ nodeId }) => nodeId), ...timing, ...group },
    founders: group.founders,
    lost: null,
    tickMs,
    machine: counter,
    post,
    timeMs: () => host.clock.wall(),
    ports,
    ...overrides,
  })
  host.wire.listen((from, bytes) => post.receive(from, bytes))
  host.clock.every(tickMs, () => replica.tick())
  return replica
}

function setUp(names: readonly string[] = ['a']) {
  const hosts = new VirtualHosts(names)
  const replicas = new Map(hosts.ids.map((id) => [id, startReplica(hosts, id)]))
  const all = [...replicas.values()]
  const leader = (): Replica | undefined => all.find(({ view }) => view.role === 'leader')
  hosts.until(() => (leader()?.view.commitIndex ?? 0) > 0)
  hosts.run(200)
  const results: Result<unknown>[] = []
  const done = (result: Result<unknown>): void => void results.push(result)
  const codes = (): readonly string[] => results.map((result) => (result.ok ? 'ok' : result.failure.code))
  const open = (): number => {
    let session = 0
    leader()!.openSession((result) => {
      session = result.ok ? result.value : 0
    })
    hosts.run(50)
    if (session === 0) throw new Error('no session')
    return session
  }
  return { hosts, replicas, all, leader: leader()!, done, results, codes, open }
}

const answered = (count: number) => ({ ok: true, value: { answer: new Uint8Array([count]) } })

describe('a replica', () => {
  it('executes what is proposed, once for each number, and gives the first answer again', () => {
    const { hosts, leader, open, done, results } = setUp()
    const session = open()
    leader.propose({ session, number: 1 }, nothing, done)
    expect(results, 'never before the call has returned').toEqual([])
    hosts.run(50)
    leader.propose({ session, number: 1 }, nothing, done)
    leader.propose({ session, number: 2 }, nothing, done)
    hosts.run(50)
    expect(results).toMatchObject([answered(1), answered(1), answered(2)])
    expect(results[1]).toEqual(results[0])
  })

  it('reads at once when it may be stale, and what was acknowledged when it may not', () => {
    const { hosts, leader, open, done, results } = setUp()
    const session = open()
    const query = new Uint8Array([7])
    leader.read(nothing, 'stale', done)
    leader.propose({ session, number: 1 }, nothing, done)
    leader.read(query, 'linearizable', done)
    query[0] = 8
    expect(results).toEqual([])
    hosts.run(50)
    const { appliedIndex } = leader
    expect(results).toMatchObject([
      { ok: true, value: { answer: new Uint8Array([0]), appliedIndex: appliedIndex - 1 } },
      answered(1),
      { ok: true, value: { answer: new Uint8Array([1, 7]), appliedIndex } },
    ])
  })

  it('tells whoever watches of each command that is applied, in order, on every node', () => {
    const { hosts, all, leader, open, done } = setUp(['a', 'b', 'c'])
    const seen = all.map((replica) => {
      const told: (readonly [Applied, Uint8Array])[] = []
      replica.watch((applied, answer) => void told.push([applied, answer]))
      return told
    })
    const session = open()
    for (const number of [1, 1, 2]) leader.propose({ session, number }, nothing, done)
    hosts.run(200)
    expect(seen[0]!.map(([{ index }, answer]) => [index - session, answer[0]])).toEqual([
      [1, 1],
      [3, 2],
    ])
    expect(seen[1]).toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
  })

  it('stamps entries with the time it was given, and a Lamport stamp', () => {
    const { hosts, leader, open, done, results } = setUp()
    const session = open()
    const atMs = hosts.host(hosts.ids[0]!).clock.wall()
    leader.propose({ session, number: 1 }, nothing, done)
    hosts.run(50)
    expect(results).toMatchObject([{ value: { atMs } }])
  })

  it('says who leads when it does not itself', () => {
    const { hosts, all, leader, done, codes } = setUp(['a', 'b', 'c'])
    const follower = all.find((replica) => replica !== leader)!
    follower.openSession(done)
    follower.propose({ session: 1, number: 1 }, nothing, done)
    follower.read(nothing, 'linearizable', done)
    hosts.run(50)
    expect(codes()).toEqual(['not-leader', 'not-leader', 'not-leader'])
    expect(follower.hint).toEqual({ leader: leader.view.id })
    follower.read(nothing, 'stale', done)
    hosts.run(50)
    expect(codes().at(-1)).toBe('ok')
  })

  it('refuses what is too large, and more than it has room for', () => {
    const { hosts, leader, done, codes } = setUp()
    leader.propose({ session: 1, number: 1 }, new Uint8Array(entryBytesMax), done)
    leader.read(new Uint8Array(replicaLimits.queryBytesMax + 1), 'stale', done)
    expect(codes()).toEqual([])
    hosts.run(5)
    expect(codes()).toEqual(['too-large', 'too-large'])
    leader.propose({ session: 1, number: 1 }, new Uint8Array(replicaLimits.commandBytesMax), done)
    for (let count = 0; count <= replicaLimits.waitingMax; count += 1) leader.openSession(done)
    hosts.run(5)
    expect(codes().filter((code) => code === 'busy').length).toBeGreaterThan(0)
  })

  it('answers each request once, also those for which its inbox had no room', () => {
    const { hosts, leader, done, codes } = setUp()
    const command = new Uint8Array(replicaLimits.commandBytesMax)
    for (let number = 1; number <= 40; number += 1) leader.propose({ session: 1, number }, command, done)
    hosts.run(replicaLimits.answerWithinMs + 500)
    expect(codes()).toHaveLength(40)
    expect(new Set(codes())).toEqual(new Set(['busy', 'session-expired']))
  })

  it('brings its state to the disk by itself, and its log down to what is needed', () => {
    const { hosts, leader, open, done } = setUp()
    const session = open()
    const command = new Uint8Array(replicaLimits.commandBytesMax)
    for (let number = 1; number <= 40; number += 1) {
      leader.propose({ session, number }, command, done)
      hosts.run(25)
    }
    hosts.run(2_000)
    expect(leader.view.base.index).toBeGreaterThan(1)
    const { appliedIndex } = leader
    leader.stop()
    expect(startReplica(hosts, hosts.ids[0]!).appliedIndex).toBe(appliedIndex)
  })

  it('hands over its lead to another voter, and to nobody else', () => {
    const { hosts, all, leader } = setUp(['a', 'b', 'c'])
    const [one, other] = all.filter((replica) => replica !== leader).map(({ view }) => view.id) as [NodeId, NodeId]
    expect(leader.handOver(leader.view.id)).toMatchObject({ failure: { code: 'does-not-apply' } })
    expect(leader.handOver('nobody' as NodeId)).toMatchObject({ failure: { code: 'does-not-apply' } })
    expect(all.find(({ view }) => view.id === one)!.handOver(other)).toMatchObject({ failure: { code: 'not-leader' } })
    expect(leader.handOver(one)).toEqual({ ok: true, value: null })
    hosts.run(500)
    expect(all.map(({ view }) => view.leader)).toEqual([one, one, one])
  })
})

describe('a replica in trouble', () => {
  it('takes in who comes later, first as a learner, and lets go whom it is to be without', () => {
    const hosts = new VirtualHosts(['a', 'b', 'c', 'd'])
    const founders = hosts.ids.slice(0, 3)
    const late = hosts.ids[3]!
    const replicas = founders.map((id) => startReplica(hosts, id, { founders }))
    const leader = () => replicas.find(({ view }) => view.role === 'leader')
    hosts.until(() => (leader()?.view.commitIndex ?? 0) > 0)
    const there = () => leader()?.view.membership.find(({ node }) => node === late)
    startReplica(hosts, late, { founders })
    hosts.until(() => there() !== undefined)
    expect(there()?.isVoter, 'it has not everything yet').toBe(false)
    expect(there()?.incarnation, 'nobody takes it for one of the first hour').not.toBe(1)
    hosts.until(() => there()?.isVoter === true)

    const results: Result<unknown>[] = []
    const other = replicas.find((one) => one !== leader())!
    other.remove(late, (result) => results.push(result))
    hosts.run(50)
    expect(results).toMatchObject([{ ok: false, failure: { code: 'not-leader' } }])
    leader()!.remove(late, (result) => results.push(result))
    hosts.run(200)
    expect(results[1]).toMatchObject({ ok: true })
    expect(there()).toBeUndefined()
    leader()!.remove(late, (result) => results.push(result))
    hosts.run(50)
    expect(results[2]).toMatchObject({ ok: false, failure: { code: 'bad-request' } })
    hosts.run(2_000)
    expect(there(), 'it was let go on purpose, and does not ask again').toBeUndefined()
  })

  it('says definitely that a command never happened when another one stands in its place', () => {
    const { hosts, leader, done, codes } = setUp(['a', 'b', 'c'])
    hosts.isolate(leader.view.id)
    leader.openSession(done)
    hosts.run(1_500)
    expect(codes()).toEqual([])
    hosts.cut.clear()
    hosts.run(300)
    expect(codes()).toEqual(['not-leader'])
  })

  it('does not know what became of a command for which no word came in time', () => {
    const { hosts, leader, done, codes } = setUp(['a', 'b', 'c'])
    hosts.isolate(leader.view.id)
    leader.openSession(done)
    hosts.run(replicaLimits.answerWithinMs + 100)
    expect(codes()).toEqual(['timed-out'])
  })

  it('that cannot write lets nothing happen, falls, and goes on from its disk when it can', () => {
    const { hosts, leader, open, done, codes, results } = setUp()
    const { disk, trace } = hosts.host(hosts.ids[0]!)
    const told: number[] = []
    leader.watch(({ index }) => void told.push(index))
    const session = open()
    leader.propose({ session, number: 1 }, nothing, done)
    hosts.run(50)
    disk.isFull = true
    leader.propose({ session, number: 2 }, nothing, done)
    leader.read(nothing, 'linearizable', done)
    hosts.run(50)
    expect(codes()).toEqual(['ok', 'not-leader', 'not-leader'])
    expect([leader.pump.canWrite, leader.view.role]).toEqual([false, 'follower'])
    expect(trace.of('role-changed').at(-1)?.what).toMatchObject({ from: 'leader', to: 'follower', why: 'cannot-write' })
    disk.isFull = false
    hosts.until(() => leader.view.role === 'leader')
    leader.propose({ session, number: 2 }, nothing, done)
    hosts.run(100)
    expect(results.at(-1)).toMatchObject(answered(2))
    expect(told, 'nothing is told twice, though it was applied again').toEqual([session + 1, leader.appliedIndex])
  })

  it('that is paused does nothing, hears nothing, and follows when it wakes', () => {
    const { hosts, all, leader } = setUp(['a', 'b', 'c'])
    leader.pause(true)
    hosts.run(1_500)
    expect(leader.view.role).toBe('leader')
    const next = all.find(({ view }) => view.role === 'leader' && view.id !== leader.view.id)!
    expect(next.view.term).toBeGreaterThan(leader.view.term)
    leader.pause(false)
    hosts.run(200)
    expect(leader.view).toMatchObject({ role: 'follower', leader: next.view.id })
  })

  it('whose disk was emptied behind its back is found out, begins anew, and is taken in again', () => {
    const { hosts, replicas, leader, done, codes, open } = setUp(['a', 'b', 'c'])
    const session = open()
    leader.propose({ session, number: 1 }, nothing, done)
    hosts.run(100)
    const victim = hosts.ids.find((id) => id !== leader.view.id)!
    replicas.get(victim)!.stop()
    const host = hosts.host(victim)
    host.loseDisk()
    const again = startReplica(hosts, victim)
    expect(again.view.incarnation).toBe(1)
    hosts.until(() => again.view.incarnation !== 1)
    expect(host.trace.of('began-anew').map(({ what }) => what)).toMatchObject([{ why: 'disowned' }])
    hosts.until(() =>
      leader.view.membership.some(({ node, incarnation, isVoter }) => {
        return node === victim && isVoter && incarnation === again.view.incarnation
      }),
    )
    hosts.run(200)
    again.read(nothing, 'stale', done)
    hosts.run(5)
    expect(codes()).toEqual(['ok', 'ok'])
    expect(again.appliedIndex).toBe(leader.appliedIndex)
  })

  it.each([
    ['damaged', 'damaged'],
    ['missing', 'missing'],
  ] as const)('whose disk is known to be %s does not take itself for who it was', (lost, why) => {
    const hosts = new VirtualHosts(['a', 'b', 'c'])
    const replica = startReplica(hosts, hosts.ids[0]!, { lost })
    const { incarnation } = replica.view
    expect(incarnation).not.toBe(1)
    expect(replica.view.membership).toEqual([])
    hosts.run(5)
    const { trace } = hosts.host(hosts.ids[0]!)
    expect(trace.of('began-anew').map(({ what }) => what)).toEqual([{ kind: 'began-anew', incarnation, why }])
    replica.stop()
    const again = startReplica(hosts, hosts.ids[0]!, { lost })
    hosts.run(5)
    expect(again.view.incarnation).toBe(incarnation)
    expect(trace.of('began-anew')).toHaveLength(1)
  })

  it('closes sessions that nobody used for long, by the time of its entries', () => {
    const { hosts, leader, open, done, codes } = setUp()
    const session = open()
    const { clock } = hosts.host(hosts.ids[0]!)
    clock.skewMs = replicaLimits.sessionIdleMs - 10_000
    hosts.run(5_000)
    leader.propose({ session, number: 1 }, nothing, done)
    hosts.run(50)
    clock.skewMs *= 3
    hosts.run(5_000)
    leader.propose({ session, number: 2 }, nothing, done)
    hosts.run(50)
    expect(codes()).toEqual(['ok', 'session-expired'])
  })
})
