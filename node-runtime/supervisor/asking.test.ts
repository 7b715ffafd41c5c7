import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NodePlan } from '#contract/worker/protocol'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import { createSupervisor, type Supervisor } from './supervisor.ts'
import { willingLauncher } from './testing/fake-worker.ts'
import { testClusters } from './testing/real-lab.ts'

const [notary, desk] = [clusterId('notary'), clusterId('desk')]
const deskNode = nodeId('desk')
const host = '127.0.0.1'

const { launcher, plans } = willingLauncher()
let dir: string
let lab: Supervisor
/** The desk asks the chat and the shop as well, and then is told of their doors: see lab-chats.contract.test.ts. */
const clusters = testClusters.filter(({ kind }) => kind !== 'chat' && kind !== 'shop')
const listeners: Server[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colmeia-asking-'))
  plans.splice(0)
  lab = createSupervisor({ labDir: dir, lab: 'test', launcher, clusters })
})
afterEach(async () => {
  await lab.stop()
  for (const server of listeners.splice(0)) server.close()
  rmSync(dir, { recursive: true, force: true })
})

async function take(port: number): Promise<void> {
  const server = createServer()
  listeners.push(server)
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
}

function planOf(id: NodeId): NodePlan {
  const plan = plans.findLast((one) => one.nodeId === id)
  if (plan === undefined) throw new Error(`${id} has had no plan`)
  return plan
}

const peers = () => plans.filter(({ role }) => role === 'notary-peer').slice(-3)
const cards = () => lab.topology().clusters.flatMap(({ nodes }) => nodes)

describe('a cluster that asks another one', () => {
  it('is told of its nodes, which hear it as a client and no member', async () => {
    await lab.startCluster(notary)
    await lab.startCluster(desk)
    const { wire, peers: asked, clients } = planOf(deskNode)
    expect(asked.map(({ nodeId: id }) => id)).toEqual(peers().map(({ nodeId: id }) => id))
    expect(clients).toEqual([])
    for (const peer of peers()) {
      expect(peer.clients).toEqual([{ nodeId: deskNode, host, port: wire.port, publicKey: wire.keys.publicKey }])
      expect(peer.peers.map(({ nodeId: id }) => id)).not.toContain(deskNode)
      expect(asked.find(({ nodeId: id }) => id === peer.nodeId)).toMatchObject({
        port: peer.wire.port,
        publicKey: peer.wire.keys.publicKey,
      })
    }
  })

  it('may be started first, and those whom it asks are where it was told', async () => {
    await lab.startCluster(desk)
    await lab.startCluster(notary)
    expect(planOf(deskNode).peers.map(({ port }) => port)).toEqual(peers().map(({ wire }) => wire.port))
  })

  it('stays where those who run know it, whoever else is there', async () => {
    await lab.startCluster(notary)
    const [peer] = peers()
    const port = peer?.clients[0]?.port ?? 0
    await take(port)
    await lab.startCluster(desk)
    expect(planOf(deskNode).wire.port).toBe(port)
  })

  it('is started anew when those whom it asks have moved', async () => {
    await lab.startCluster(notary)
    await lab.startCluster(desk)
    const before = planOf(deskNode)
    await lab.stopCluster(notary)
    await take(before.peers[1]?.port ?? 0)
    await lab.startCluster(notary)
    await expect.poll(() => planOf(deskNode)).not.toBe(before)
    expect(planOf(deskNode).peers.map(({ port }) => port)).toEqual(before.peers.map(({ port }) => port + 100))
    expect(planOf(deskNode).wire).toEqual(before.wire)
    expect(peers().map(({ clients }) => clients[0]?.port)).toEqual([
      before.wire.port,
      before.wire.port,
      before.wire.port,
    ])
  })
})

describe('where strangers may ask', () => {
  const first = testClusters[0]?.httpPort ?? 0

  it('is a port of each peer, told to it and shown; the desk has none', async () => {
    await lab.startCluster(notary)
    await lab.startCluster(desk)
    expect(peers().map(({ http }) => http)).toEqual(
      [0, 1, 2].map((index) => ({ host, port: first + index, dialect: 'B' })),
    )
    expect(planOf(deskNode).http).toBeNull()
    const shown = cards().filter(({ role }) => role !== 'ring-peer')
    expect(shown.map(({ http }) => http?.port ?? null)).toEqual([first, first + 1, first + 2, null])
  })

  it('moves with the whole cluster when a port of it is taken, and stays there', async () => {
    await take(first + 1)
    await lab.startCluster(notary)
    const moved = [first + 100, first + 101, first + 102]
    expect(peers().map(({ http }) => http?.port)).toEqual(moved)
    const wires = peers().map(({ wire }) => wire.port)
    expect(wires[0]).toBe((testClusters[0]?.basePort ?? 0) + 100)
    await lab.stopCluster(notary)
    for (const server of listeners.splice(0)) server.close()
    await lab.startCluster(notary)
    expect([peers().map(({ http }) => http?.port), peers().map(({ wire }) => wire.port)]).toEqual([moved, wires])
  })
})
