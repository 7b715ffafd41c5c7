import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NodePlan } from '#contract/worker/protocol'
import type { SocketPlan } from '#contract/worker/sockets'
import { openClock } from '#drivers/clock/index'
import { type OpenSockets, openSockets } from '#drivers/sockets/index'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { FaultInjector } from './fault-injector.ts'
import { LabFolder } from './lab-folder.ts'
import { keepPortsFor, type PlanParts, planFor } from './lab-plans.ts'
import { LabRings } from './lab-rings.ts'
import { type ClusterSpec, chatPreset, presets } from './presets.ts'
import { chatPortsFrom } from './testing/chat-ports.ts'

const host = '127.0.0.1'
const chat = clusterId('chat')

/** The clusters of the program on ports of this test alone, with room to move twice. */
const base = 10_000 + (process.pid % 40) * 100
const spec: ClusterSpec = {
  ...chatPreset,
  basePort: base,
  chat: chatPreset.chat && { ...chatPreset.chat, ports: chatPortsFrom(base + 30) },
}
const desk: ClusterSpec = { ...found(presets.find(({ kind }) => kind === 'desk')), basePort: base + 40 }

describe('where a chat is', () => {
  const stops = new StopStack()
  let folder: LabFolder
  let parts: PlanParts

  beforeEach(() => {
    const dir = mkdtempSync(join(tmpdir(), 'chat-places-'))
    stops.add(() => rmSync(dir, { recursive: true }))
    folder = valueIn(LabFolder.open(dir))
    const faults = new FaultInjector({
      isNode: () => true,
      isDown: () => false,
      areLinked: () => true,
      began: () => {},
      ended: () => {},
    })
    parts = { lab: 'test', host, folder, faults, rings: new LabRings(host, {}), clusters: [spec, desk] }
  })

  afterEach(() => stops.run())

  async function place(): Promise<void> {
    for (const one of [spec, desk]) valueIn(await keepPortsFor(one, parts))
  }

  function planOf(node: string): NodePlan {
    const of = node === 'desk' ? desk : spec
    return valueIn(planFor(of, nodeId(node), parts))()
  }

  const open = (node: string): Promise<OpenSockets> => openPlans(node, planOf(node).sockets)

  async function openPlans(node: string, plans: readonly SocketPlan[]): Promise<OpenSockets> {
    const { wire, peers, clients } = planOf(node)
    const members = [...peers, ...clients]
    const opened = valueIn(await openSockets({ plans, keys: wire.keys, members, clock: openClock() }))
    stops.add(() => opened.close())
    return opened
  }

  const namesOf = (node: string): readonly string[] => planOf(node).sockets.map(({ kind, name }) => `${kind} ${name}`)

  it('takes the ports that programs know, the mirrored proxy on an address of its own', async () => {
    await place()
    expect(planOf('chat-broker').sockets).toEqual([{ kind: 'router', name: 'clients', at: { host, port: base + 30 } }])
    const at = (where: string, port: number) => ({ host: where, port: base + port })
    expect(planOf('chat-proxy').sockets.filter(({ kind }) => kind === 'forwarder')).toMatchObject([
      { name: 'native', from: at(host, 35), to: at(host, 36), trust: 'lab' },
      { name: 'course', from: at(host, 33), to: at(host, 34), trust: 'open' },
      { name: 'account', from: at('127.0.0.2', 34), to: at('127.0.0.2', 33), trust: 'open' },
    ])
    expect(planOf('chat-server-1').chat).toEqual({
      profile: 'leader',
      hasJsonPublications: false,
      reach: 'loopback',
      layouts: ['course', 'account'],
      broker: 'chat-broker',
      proxy: 'chat-proxy',
      reference: 'chat-reference',
      servers: ['chat-server-1', 'chat-server-2', 'chat-server-3'],
    })
    expect(planOf('desk').chat).toEqual(planOf('chat-bot-1').chat)
  })

  it('moves as a whole when one is taken, and stays where it then is', async () => {
    const other = await listening(base + 32)
    await place()
    expect(planOf('chat-reference').sockets).toMatchObject([{ at: { host, port: base + 132 } }])
    expect(planOf('chat-server-2')).toMatchObject({ wire: { port: base + 104 } })
    expect(folder.sockets(chat)).toMatchObject({
      clients: base + 130,
      'account-to': base + 133,
      'native-from': base + 135,
    })
    await new Promise((resolve) => other.close(resolve))
    expect(await keepPortsFor(spec, parts)).toEqual({ ok: true, value: false })
  })

  it('moves when the one that is taken is on the second address', async () => {
    const other = await listening(base + 33, '127.0.0.2')
    await place()
    expect(folder.sockets(chat)).toMatchObject({ clients: base + 130 })
    await new Promise((resolve) => other.close(resolve))
  })

  it('has the proxy that was chosen where there is one address only', async () => {
    await place()
    const { 'course-from': _, 'course-to': __, ...one } = folder.sockets(chat)
    valueIn(folder.keepPorts({}, {}, { [chat]: one }))
    expect(namesOf('chat-proxy')).toEqual(['forwarder native', 'forwarder account'])
    expect(planOf('chat-proxy').sockets[1]).toMatchObject({ from: { host, port: base + 34 } })
    expect(planOf('chat-server-1').chat?.layouts).toEqual(['account'])
  })

  it('is open to other machines where that was chosen: one proxy, and nothing native', async () => {
    const reach = 'lan'
    valueIn(folder.keepChat(chat, { profile: 'everyone', hasJsonPublications: false, layout: 'course', reach }))
    await place()
    expect(planOf('chat-server-1').chat).toMatchObject({ reach })
    const listens = (node: string) =>
      planOf(node).sockets.flatMap((socket) => {
        if (socket.kind === 'forwarder') return [`${socket.name} ${socket.from.host} ${socket.to.host}`]
        return socket.kind === 'router' || socket.kind === 'dealer' ? [`${socket.name} ${socket.at.host}`] : []
      })
    expect(listens('chat-broker')).toEqual(['clients 0.0.0.0', 'servers 0.0.0.0'])
    expect(listens('chat-reference')).toEqual(['ranks 0.0.0.0'])
    expect(listens('chat-proxy')).toEqual([`native ${host} ${host}`, 'course 0.0.0.0 0.0.0.0'])
    for (const node of ['chat-server-1', 'chat-bot-1', 'desk']) {
      for (const socket of planOf(node).sockets) expect('to' in socket && socket.to).toMatchObject({ host })
    }
    const [server, , program] = [await open('chat-server-1'), await open('chat-proxy'), await open('chat-bot-1')]
    let isHeard = false
    const subscriber = program.subscriber('heard-course')
    subscriber.follow('')
    subscriber.listen(() => {
      isHeard = true
    })
    await until(() => {
      server.publisher('course').publish('all', Buffer.from('x'))
      return isHeard
    })
  })

  it('is a group of its servers, whose favourite is the highest; all others are heard by them', async () => {
    await place()
    const plan = planOf('chat-server-2')
    expect(plan.group).toMatchObject({
      founders: ['chat-server-1', 'chat-server-2', 'chat-server-3'],
      favourites: ['chat-server-3', 'chat-server-2', 'chat-server-1'],
    })
    const names = (addresses: NodePlan['peers']): readonly NodeId[] => addresses.map((peer) => peer.nodeId)
    expect(names(plan.peers)).toEqual(['chat-server-1', 'chat-server-3'])
    expect(names(plan.clients)).toEqual([
      'chat-broker',
      'chat-proxy',
      'chat-reference',
      'chat-bot-1',
      'chat-bot-2',
      'desk',
    ])
    expect(planOf('chat-broker').group).toBeNull()
    expect(names(planOf('chat-broker').peers)).toHaveLength(7)
    expect(names(planOf('desk').peers)).toEqual(['chat-broker'])
  })

  it('lets foreign servers in, and has no group, where everyone answers', async () => {
    valueIn(
      folder.keepChat(chat, { profile: 'everyone', hasJsonPublications: true, layout: 'course', reach: 'loopback' }),
    )
    await place()
    expect(namesOf('chat-broker')).toEqual(['router clients', 'dealer servers'])
    expect(namesOf('chat-server-1')).toContain('subscriber heard-course')
    expect(planOf('chat-server-1')).toMatchObject({
      group: null,
      chat: { profile: 'everyone', hasJsonPublications: true },
    })
  })

  it('carries what is told: natively to the desk and to nobody strange, by each dialect to its own programs', async () => {
    await place()
    const [server, proxy, program, own] = [
      await open('chat-server-1'),
      await open('chat-proxy'),
      await open('chat-bot-1'),
      await open('desk'),
    ]
    const accountPlan = { kind: 'subscriber', name: 'account', to: { host: '127.0.0.2', port: base + 33 } } as const
    const account = await openPlans('desk', [{ ...accountPlan, trust: { kind: 'open' } }])
    const heard: string[] = []
    const hear = (sockets: OpenSockets, name: string): void => {
      const subscriber = sockets.subscriber(name)
      subscriber.follow('')
      subscriber.listen((topic, payload) => heard.push(`${name} ${topic} ${Buffer.from(payload)}`))
    }
    hear(own, 'heard-native')
    hear(program, 'heard-course')
    hear(account, 'account')
    const say = (name: string): void => void server.publisher(name).publish('all', Buffer.from(name))
    const wanted = ['heard-native all native', 'heard-course all course', 'account all account']
    await until(() => {
      for (const name of ['native', 'course', 'account']) say(name)
      return wanted.every((word) => heard.includes(word))
    })
    expect(new Set(heard)).toEqual(new Set(wanted))
    expect(proxy.forwarder('native').strangers).toBe(0)
  })

  function listening(port: number, where = host): Promise<Server> {
    return new Promise((resolve) => {
      const server = createServer().listen(port, where, () => resolve(server))
    })
  }
})

async function until(claim: () => boolean): Promise<void> {
  while (!claim()) await new Promise((resolve) => setTimeout(resolve, 1))
}

function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  return result.value
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the program has no such part')
  return value
}
