import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordedEvent } from '#contract/window/recording'
import type { LinkCard, TopologySnapshot } from '#contract/window/topology'
import type { Fault } from '#contract/worker/faults'
import type { TraceWhat } from '#contract/worker/trace'
import { type NodeId, nodeId } from '#kit/ids'
import { agreedLeader, openRealLab, type RealLab } from './testing/real-lab.ts'

const ids = ['notary-1', 'notary-2', 'notary-3'].map(nodeId)
/** Many times what an election takes, for a machine that is busy with others. */
const healsAfterMs = 6_000
/** One lab for all: a fault that did not end would spoil the next test, which is part of what is tested. */
let lab: RealLab
beforeAll(async () => {
  lab = openRealLab()
  await lab.start()
})
afterAll(() => lab.close())

describe('faults on real workers', () => {
  it('pause: a paused leader is replaced, drops what it is sent, and follows when it wakes', async () => {
    const leader = (await lab.leader()).id
    const from = newestPosition()
    const active = inject({ kind: 'pause', node: leader }, null)
    await until(() => lab.node(leader).view?.isPaused === true)
    await until(({ clusters }) => {
      const awake = clusters.flatMap(({ nodes }) => nodes).filter(({ id }) => id !== leader)
      return agreedLeader(awake) !== null
    })
    expect(lab.node(leader).state.kind).toBe('running')
    expect(lab.supervisor.clear(active.id).ok).toBe(true)
    await until(() => lab.node(leader).view?.isPaused === false && lab.node(leader).view?.leadership?.leader !== leader)
    await lab.leader()
    expect(droppedSince(from, leader).map(({ why }) => why)).toContain('paused')
  })

  it('cut: a partition takes the leader away from the others, and heals by itself', async () => {
    const leader = (await lab.leader()).id
    const others = ids.filter((id) => id !== leader)
    const from = newestPosition()
    const active = inject({ kind: 'cut', from: [leader], to: others, both: true }, healsAfterMs)
    expect(link(leader, others[0]!).faults).toEqual([active.id])
    expect(link(others[0]!, others[1]!).faults).toEqual([])
    await until(() => agreedLeader(others.map((id) => lab.node(id))) !== null)
    // CheckQuorum: whoever hears no majority does not go on believing that it leads.
    await until(() => lab.node(leader).view?.leadership?.leadership !== 'leader')
    await ended()
    await lab.leader()
    const cutAt = (nodes: readonly NodeId[]) =>
      nodes.flatMap((id) => droppedSince(from, id).filter(({ why }) => why === 'cut'))
    expect(cutAt([leader]).length).toBeGreaterThan(0)
    // In both directions: at least the new leader calls the old one in vain.
    expect(cutAt(others).filter(({ peer }) => peer === leader).length).toBeGreaterThan(0)
    expect(cutAt(others).filter(({ peer }) => peer !== leader)).toEqual([])
  })

  it('cut in one direction: nothing goes one way, everything the other', async () => {
    const leader = (await lab.leader()).id
    const deaf = ids.find((id) => id !== leader)!
    await until(({ clusters }) => clusters.every(({ links }) => links.every((one) => one.droppedPerSecond === 0)))
    const active = inject({ kind: 'cut', from: [leader], to: [deaf], both: false }, null)
    await until(() => link(leader, deaf).droppedPerSecond > 0)
    expect(link(deaf, leader).droppedPerSecond).toBe(0)
    expect(lab.supervisor.clear(active.id).ok).toBe(true)
    await until(() => link(leader, deaf).droppedPerSecond === 0)
  })

  it('delay: the latency of that direction shows it, and falls again', async () => {
    const leader = (await lab.leader()).id
    const far = ids.find((id) => id !== leader)!
    const active = inject({ kind: 'delay', from: leader, to: far, ms: 80, jitterMs: 0 }, null)
    await until(() => (link(leader, far).latencyMs ?? 0) >= 35)
    expect(lab.supervisor.clear(active.id).ok).toBe(true)
    await until(() => (link(leader, far).latencyMs ?? 99) < 35)
  })

  it('loss: the part that is lost is noted at the sender with the reason', async () => {
    const leader = (await lab.leader()).id
    const follower = ids.find((id) => id !== leader)!
    const from = newestPosition()
    const active = inject({ kind: 'loss', from: leader, to: follower, percent: 50 }, null)
    const lost = await until(() => {
      const some = droppedSince(from, leader).filter(({ why }) => why === 'loss')
      return some.length > 3 && some
    })
    expect(lab.supervisor.clear(active.id).ok).toBe(true)
    await lab.leader()
    for (const { message, messageKind, peer } of lost) expect([peer, message, messageKind]).not.toContain(null)
  })

  it('duplicate: what is sent once is received twice', async () => {
    const leader = (await lab.leader()).id
    const follower = ids.find((id) => id !== leader)!
    const from = newestPosition()
    const active = inject({ kind: 'duplicate', from: leader, to: follower, percent: 100 }, null)
    await until(() => repeated(received(from, follower, leader)) > 3)
    expect(lab.supervisor.clear(active.id).ok).toBe(true)
    expect((await lab.leader()).id).toBe(leader)
  })

  it('skew: the wall time of that node moves, its leadership does not', async () => {
    const leader = await lab.leader()
    const hourMs = 3_600_000
    inject({ kind: 'skew', node: leader.id, ms: hourMs }, healsAfterMs)
    await until(() => lab.node(leader.id).view?.skewMs === hourMs)
    const skewed = await until(() => eventsOf(leader.id).find(({ wallMs }) => wallMs > Date.now() + hourMs - 60_000))
    expect(skewed.node).toBe(leader.id)
    await ended()
    await until(() => lab.node(leader.id).view?.skewMs === 0)
    expect((await lab.leader()).id).toBe(leader.id)
    expect(lab.node(leader.id).view?.leadership?.term).toBe(leader.view?.leadership?.term)
  })

  it('full-disk: a leader that cannot write steps down and says why, and can be elected again', async () => {
    const leader = (await lab.leader()).id
    const from = newestPosition()
    const active = inject({ kind: 'full-disk', node: leader }, null)
    await until(() => lab.node(leader).view?.canWrite === false)
    await until(() => since(from, leader).some((what) => what.kind === 'role-changed' && what.why === 'cannot-write'))
    await until(() => agreedLeader(lab.nodes().filter(({ id }) => id !== leader)) !== null)
    expect(lab.supervisor.clear(active.id).ok).toBe(true)
    await until(() => lab.node(leader).view?.canWrite === true)
    await lab.leader()
  })

  it('slow-disk: every write takes that long, and the cluster still finds a leader', async () => {
    const leader = (await lab.leader()).id
    const slow = ids.filter((id) => id !== leader)
    // Slower than that, and each would lose patience with the other before its vote is on the disk.
    const slowMs = 60
    // Until one of them leads: a leader that wakes before goes on leading.
    const active = slow.map((node) => inject({ kind: 'slow-disk', node, ms: slowMs }, null))
    const from = newestPosition()
    active.push(inject({ kind: 'pause', node: leader }, null))
    const next = await until(() => agreedLeader(slow.map((id) => lab.node(id))))
    expect(slow).toContain(next.id)
    // Its own vote has to be on its disk before it asks for others, so between asking and winning lies a slow write.
    const at = (role: string) =>
      eventsOf(next.id, from).findLast(({ what }) => what.kind === 'role-changed' && what.to === role)?.wallMs
    const wonMs = await until(() => at('leader'))
    expect(wonMs - (at('pre-candidate') ?? wonMs)).toBeGreaterThanOrEqual(slowMs)
    for (const { id } of active) expect(lab.supervisor.clear(id).ok).toBe(true)
    await ended()
    await lab.leader()
  })

  it('are refused when they mean nothing: unknown node, itself, a fault that is over', () => {
    const [one] = ids as [NodeId]
    const refusals: [Fault, string][] = [
      [{ kind: 'pause', node: nodeId('nobody') }, 'unknown-node'],
      [{ kind: 'delay', from: one, to: one, ms: 5, jitterMs: 0 }, 'does-not-apply'],
      [{ kind: 'cut', from: [one], to: [one], both: true }, 'does-not-apply'],
    ]
    for (const [fault, code] of refusals) {
      expect(lab.supervisor.inject(fault, 1_000)).toMatchObject({ ok: false, failure: { code } })
    }
    const active = inject({ kind: 'pause', node: one }, 60_000)
    expect(lab.supervisor.clear(active.id).ok).toBe(true)
    expect(lab.supervisor.clear(active.id)).toMatchObject({ failure: { code: 'unknown-fault' } })
  })

  it('began and ended, each with its id, stand in the recording', () => {
    const notes = lab.supervisor.recorder
      .page({ before: null, limit: 5_000, nodeId: null, withMessages: false })
      .events.flatMap(({ what }) => (what.kind === 'fault' ? [what] : []))
    const began = notes.filter(({ phase }) => phase === 'began').map(({ id }) => id)
    const over = notes.filter(({ phase }) => phase === 'ended').map(({ id }) => id)
    expect(began.length).toBeGreaterThan(9)
    expect(new Set(over)).toEqual(new Set(began))
  })
})

function inject(fault: Fault, forMs: number | null) {
  const injected = lab.supervisor.inject(fault, forMs)
  if (!injected.ok) throw new Error(injected.failure.message)
  return injected.value
}

function until<T>(look: (topology: TopologySnapshot) => T | null | undefined | false): Promise<T> {
  return lab.until(look)
}

/** By themselves: nobody clears them. */
function ended(): Promise<unknown> {
  return until(({ faults }) => faults.length === 0)
}

function link(from: NodeId, to: NodeId): LinkCard {
  const links = lab.supervisor.topology().clusters.flatMap((cluster) => cluster.links)
  return links.find((one) => one.from === from && one.to === to)!
}

function newestPosition(): number {
  const page = lab.supervisor.recorder.page({ before: null, limit: 1, nodeId: null, withMessages: true })
  return page.events.at(-1)?.position ?? 0
}

function eventsOf(node: NodeId, from = 0): readonly RecordedEvent[] {
  return lab.supervisor.recorder
    .page({ before: null, limit: 20_000, nodeId: node, withMessages: true })
    .events.filter(({ position }) => position > from)
}

function since(from: number, node: NodeId): readonly TraceWhat[] {
  return eventsOf(node, from).map(({ what }) => what)
}

function droppedSince(from: number, node: NodeId) {
  return since(from, node).flatMap((what) => (what.kind === 'dropped' ? [what] : []))
}

function received(from: number, node: NodeId, sender: NodeId): readonly string[] {
  return since(from, node).flatMap((what) => (what.kind === 'received' && what.from === sender ? [what.message] : []))
}

function repeated(messages: readonly string[]): number {
  return messages.length - new Set(messages).size
}
