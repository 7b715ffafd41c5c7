import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import type { NodePlan } from '#contract/worker/protocol'
import type { SocketPlan } from '#contract/worker/sockets'
import { quietPort } from '#drivers/sockets/testing/socket-net'
import { keyPair, until } from '#drivers/wire/testing/wire-net'
import { clusterId, nodeId } from '#kit/ids'
import { StopStack } from '#kit/stop-stack'
import { disturb, type NodeDrivers, openDrivers } from './node-drivers.ts'

const host = '127.0.0.1'

describe('sockets of a node', () => {
  const stops = new StopStack()
  afterEach(() => stops.run())

  async function planWith(sockets: readonly SocketPlan[]): Promise<NodePlan> {
    const dataDir = mkdtempSync(join(tmpdir(), 'node-sockets-'))
    stops.add(() => rmSync(dataDir, { recursive: true }))
    return {
      lab: 'test',
      clusterId: clusterId('chat'),
      nodeId: nodeId('chat-proxy'),
      role: 'chat-proxy',
      dataDir,
      wire: { host, port: await quietPort(), keys: keyPair() },
      http: null,
      peers: [],
      clients: [],
      timing: { tickMs: 25, heartbeatTicks: 2, electionTicksMin: 8, electionTicksSpread: 12 },
      group: null,
      ring: null,
      sockets,
      chat: null,
      shop: null,
      faults: noFaults,
    }
  }

  async function open(plan: NodePlan): Promise<NodeDrivers> {
    const drivers = await openDrivers(plan, () => {}, stops)
    if (!drivers.ok) throw new Error(drivers.failure.message)
    return drivers.value
  }

  it('are those of its plan, and sleep while it is paused', async () => {
    const [from, to] = [
      { host, port: await quietPort() },
      { host, port: await quietPort() },
    ]
    const plan = await planWith([{ kind: 'forwarder', name: 'course', from, to, trust: 'open' }])
    const drivers = await open(plan)
    const forwarder = drivers.sockets.forwarder('course')
    expect([forwarder.from, forwarder.isForwarding]).toEqual([`tcp://${host}:${from.port}`, true])
    disturb(drivers, { ...noFaults, isPaused: true })
    await until(() => !forwarder.isForwarding)
    disturb(drivers, noFaults)
    await until(() => forwarder.isForwarding)
  })

  it('refuse the node when a port is taken, and what was opened is closed again', async () => {
    const at = { host, port: await quietPort() }
    await open(await planWith([{ kind: 'router', name: 'clients', at }]))
    const second = await planWith([{ kind: 'router', name: 'clients', at }])
    const refused = new StopStack()
    const opened = await openDrivers(second, () => {}, refused)
    expect(opened).toMatchObject({ ok: false, failure: { code: 'port-taken' } })
    await refused.run()
    await open({ ...second, sockets: [] })
  })
})
