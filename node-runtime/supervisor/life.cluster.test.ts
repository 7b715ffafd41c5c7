import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import type { Launcher } from './launcher.ts'
import { agreedLeader, isAlive, notary, openRealLab, pidOf, type RealLab, realLauncher } from './testing/real-lab.ts'

let lab: RealLab
afterEach(() => lab.close())

describe('a cluster of real workers', () => {
  it('elects one leader, and comes back from kill -9 of it with a new one', async () => {
    lab = openRealLab()
    await lab.start()
    const first = await lab.leader()
    process.kill(pidOf(first), 'SIGKILL')
    const second = await lab.until(({ clusters }) => {
      const leader = agreedLeader(clusters.flatMap(({ nodes }) => nodes))
      return leader !== null && leader.id !== first.id && leader
    })
    expect(second.view?.leadership?.term).toBeGreaterThan(first.view?.leadership?.term ?? 0)

    // All three again: the old leader follows the new one, in a new process, with one crash to its name.
    await lab.until(({ clusters }) => {
      const nodes = clusters.flatMap((cluster) => cluster.nodes)
      return nodes.every(({ state }) => state.kind === 'running') && agreedLeader(nodes)?.id === second.id
    })
    const back = lab.node(first.id)
    expect(back.crashes).toBe(1)
    expect(pidOf(back)).not.toBe(pidOf(first))
    expect(back.view?.leadership?.leadership).toBe('follower')
  })

  it('has at most one leader in any term, by all that its nodes noted', async () => {
    lab = openRealLab()
    await lab.start()
    for (let round = 0; round < 3; round += 1) {
      const leader = await lab.leader()
      process.kill(pidOf(leader), 'SIGKILL')
      await lab.until(({ clusters }) => {
        const nodes = clusters.flatMap((cluster) => cluster.nodes)
        return nodes.every(({ state }) => state.kind === 'running') && agreedLeader(nodes)?.id !== leader.id
      })
    }
    await lab.leader()
    const { events } = lab.supervisor.recorder.page({ before: null, limit: 5_000, nodeId: null, withMessages: false })
    const leaderOf = new Map<number, string | null>()
    for (const { node, what } of events) {
      if (what.kind !== 'role-changed' || what.to !== 'leader') continue
      expect(leaderOf.get(what.term) ?? node, `term ${what.term}`).toBe(node)
      leaderOf.set(what.term, node)
    }
    expect(leaderOf.size).toBeGreaterThanOrEqual(3)
  })

  it('keeps a killed node down until the fault is cleared, and counts no crash for it', async () => {
    lab = openRealLab()
    await lab.start()
    const leader = await lab.leader()
    const killed = lab.supervisor.inject({ kind: 'kill', node: leader.id }, null)
    if (!killed.ok) throw new Error(killed.failure.message)
    const { id } = killed.value
    await lab.until(({ clusters }) => {
      const next = agreedLeader(clusters.flatMap(({ nodes }) => nodes))
      return next !== null && next.id !== leader.id
    })
    expect(lab.node(leader.id).state).toMatchObject({ kind: 'killed', fault: id })
    expect(isAlive(pidOf(leader))).toBe(false)
    expect(lab.supervisor.clear(id)).toEqual({ ok: true, value: null })
    await lab.until(() => lab.node(leader.id).state.kind === 'running')
    expect(lab.node(leader.id).crashes).toBe(0)
  })

  it('brings a killed node back when the fault ends by itself, or when somebody starts it', async () => {
    lab = openRealLab()
    await lab.start()
    const [one, two] = [nodeId('notary-1'), nodeId('notary-2')]
    expect(lab.supervisor.inject({ kind: 'kill', node: one }, 300).ok).toBe(true)
    expect(lab.supervisor.inject({ kind: 'kill', node: two }, null).ok).toBe(true)
    await lab.until(({ faults }) => faults.every(({ fault }) => fault.kind === 'kill' && fault.node === two))
    await lab.until(() => lab.node(one).state.kind === 'running')
    expect(lab.node(two).state.kind).toBe('killed')
    expect(await lab.supervisor.startNode(two)).toEqual({ ok: true, value: null })
    expect(lab.supervisor.topology().faults).toEqual([])
    expect(lab.node(two).state.kind).toBe('running')
  })

  it('does not start a node by the end of a kill that somebody had stopped', async () => {
    lab = openRealLab()
    await lab.start()
    const id = nodeId('notary-3')
    await lab.supervisor.stopNode(id)
    const refused = lab.supervisor.inject({ kind: 'kill', node: id }, null)
    expect(refused).toMatchObject({ ok: false, failure: { code: 'node-down' } })
    expect(lab.node(id).state.kind).toBe('stopped')
  })

  it('obeys the last order when they cross: a stop during a start leaves nothing running', async () => {
    // The map is drawn five times a second, and three nodes start in less: only the launcher sees the moment for sure.
    const real = realLauncher()
    let seen: () => void = () => undefined
    const isLaunching = new Promise<void>((resolve) => {
      seen = resolve
    })
    const launch: Launcher['launch'] = (order) => {
      seen()
      return real.launch(order)
    }
    lab = openRealLab({ launcher: { kind: real.kind, launch } })
    const starting = lab.supervisor.startCluster(notary)
    await isLaunching
    await lab.supervisor.stopCluster(notary)
    expect(await starting).toMatchObject({ ok: false, failure: { code: 'node-down' } })
    expect(lab.nodes().map(({ state }) => state.kind)).toEqual(['stopped', 'stopped', 'stopped'])
    expect(lab.livePids()).toEqual([])
    // And the other way round: a start while they are being stopped brings them back.
    await lab.start()
    const stopping = lab.supervisor.stopCluster(notary)
    await lab.start()
    await stopping
    expect(lab.nodes().map(({ state }) => state.kind)).toEqual(['running', 'running', 'running'])
  })

  it('stops in order: every worker exits by itself, none is left, and the cards say stopped', async () => {
    lab = openRealLab()
    await lab.start()
    await lab.leader()
    expect(lab.livePids()).toHaveLength(3)
    expect(await lab.supervisor.stopCluster(notary)).toEqual({ ok: true, value: null })
    expect(lab.livePids()).toEqual([])
    expect(lab.nodes().map(({ state, crashes }) => [state.kind, crashes])).toEqual([
      ['stopped', 0],
      ['stopped', 0],
      ['stopped', 0],
    ])
    expect(lab.supervisor.topology().clusters[0]?.state).toBe('stopped')
  })

  it('keeps terms and ports from run to run, and forgets both when it is reset', async () => {
    lab = openRealLab()
    await lab.start()
    const before = await lab.leader()
    await lab.supervisor.stopCluster(notary)
    await lab.start()
    const after = await lab.leader()
    expect(after.view?.leadership?.term).toBeGreaterThan(before.view?.leadership?.term ?? 0)
    expect(lab.node(before.id).address).toEqual(before.address)

    expect(await lab.supervisor.reset()).toEqual({ ok: true, value: null })
    expect(lab.livePids()).toEqual([])
    expect(existsSync(lab.dir)).toBe(false)
    await lab.start()
    await lab.leader()
  })

  it('answers what is asked of a node, and says why when it cannot', async () => {
    lab = openRealLab()
    const id = nodeId('notary-1')
    expect(await lab.supervisor.ask(id, { kind: 'tables' })).toMatchObject({ failure: { code: 'node-down' } })
    await lab.start()
    await lab.leader()
    const tables = await lab.supervisor.ask(id, { kind: 'tables' })
    if (!tables.ok) throw new Error(tables.failure.message)
    const raft = tables.value.find(({ name }) => name === 'raft')
    expect(raft?.rows).toBe(3)
    const rows = await lab.supervisor.ask(id, { kind: 'rows', table: 'raft', cursor: null, limit: 10 })
    expect(JSON.stringify(rows)).toContain('votedFor')
    const none = await lab.supervisor.ask(id, { kind: 'rows', table: 'secrets', cursor: null, limit: 10 })
    expect(none).toMatchObject({ failure: { code: 'unknown-table' } })
  })
})
