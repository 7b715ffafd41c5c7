import { afterEach, describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { StopStack } from '#kit/stop-stack'
import { rules, wireNodes, wireSuite } from '#ports/testing/wire-suite'
import { wireLimits } from '#ports/wire'
import { openClock } from '../clock/index.ts'
import { openWire } from './index.ts'
import {
  freePort,
  host,
  isConnected,
  keyPair,
  members,
  type OpenMember,
  openMember,
  until,
} from './testing/wire-net.ts'

wireSuite('zeromq', async () => {
  const all = await members(wireNodes)
  const open = new Map(
    await Promise.all(all.map(async (one) => [one.address.nodeId, await openMember(one, all)] as const)),
  )
  await until(() => [...open.values()].every(({ wire }) => isConnected(wire)))
  const at = (node: string): OpenMember => open.get(nodeId(node))!
  return {
    wire: (node) => at(node).wire,
    setFaults: (node, faults) => at(node).wire.setFaults(faults),
    drops: (node) => at(node).drops,
    nowMs: () => performance.now(),
    until,
    close: async () => {
      for (const { wire } of open.values()) await wire.close()
    },
  }
})

describe('the zeromq wire alone', () => {
  const stops = new StopStack()
  afterEach(() => stops.run())

  async function pair() {
    const all = await members([nodeId('n1'), nodeId('n2')])
    const [one, two] = [await openMember(all[0]!, all), await openMember(all[1]!, all)]
    stops.add(() => one.wire.close())
    stops.add(() => two.wire.close())
    await until(() => isConnected(one.wire) && isConnected(two.wire))
    return { one, two, n1: nodeId('n1'), n2: nodeId('n2') }
  }

  it('drops at once what is for a peer that is not there', async () => {
    const all = await members([nodeId('n1'), nodeId('n2')])
    const one = await openMember(all[0]!, all)
    stops.add(() => one.wire.close())
    expect(one.wire.send(nodeId('n2'), new Uint8Array(1))).toBe(false)
    expect(one.drops).toMatchObject([{ peer: 'n2', why: 'not-connected', bytes: new Uint8Array(1) }])
    expect(one.wire.links()).toMatchObject([{ peer: 'n2', isConnected: false, droppedCount: 1, latencyMs: null }])
  })

  it('drops the newest when a queue is full, and keeps what was there before', async () => {
    const { one, two, n2 } = await pair()
    let heard = 0
    two.wire.listen(() => {
      heard += 1
    })
    for (let count = 0; count < wireLimits.queuedPerPeerMax; count += 1) {
      expect(one.wire.send(n2, new Uint8Array(10))).toBe(true)
    }
    expect(one.wire.send(n2, new Uint8Array(10))).toBe(false)
    expect(one.drops).toMatchObject([{ peer: n2, why: 'queue-full' }])
    await until(() => heard === wireLimits.queuedPerPeerMax)
    expect(one.wire.send(n2, new Uint8Array(10))).toBe(true)
  })

  it('lets go of what was sent when it is flushed, and otherwise at the end of the turn', async () => {
    const { one, two, n1, n2 } = await pair()
    const heard = new Promise((resolve) => two.wire.listen((from) => resolve(from)))
    const sentTo = () => one.wire.links()[0]?.sentCount
    one.wire.send(n2, new Uint8Array(10))
    expect(sentTo()).toBe(0)
    one.wire.flush()
    expect(sentTo()).toBe(1)
    one.wire.send(n2, new Uint8Array(10))
    expect(await heard).toBe(n1)
    await until(() => sentTo() === 2)
  })

  it('is full by bytes as well', async () => {
    const { one, n2 } = await pair()
    const large = new Uint8Array(wireLimits.messageBytesMax)
    const sent = Array.from({ length: 40 }, () => one.wire.send(n2, large))
    expect(sent.filter(Boolean)).toHaveLength(wireLimits.queuedBytesPerPeerMax / wireLimits.messageBytesMax)
    expect(one.drops[0]).toMatchObject({ why: 'queue-full' })
  })

  it('counts what a delay holds back as waiting too', async () => {
    const { one, n2 } = await pair()
    one.wire.setFaults([rules(n2, { delayMs: 60_000 })])
    for (let count = 0; count < wireLimits.queuedPerPeerMax; count += 1) one.wire.send(n2, new Uint8Array(1))
    expect(one.wire.send(n2, new Uint8Array(1))).toBe(false)
    expect(one.drops).toMatchObject([{ why: 'queue-full' }])
  })

  it('knows the latency and the age of a link on which nobody speaks', async () => {
    const { one, two } = await pair()
    const isKnown = () => [one, two].every(({ wire }) => wire.links().every((link) => link.latencyMs !== null))
    await until(isKnown)
    expect(one.wire.links()).toMatchObject([{ sentCount: 0, receivedCount: 0 }])
    expect(one.wire.links()[0]!.latencyMs).toBeLessThan(1_000)
  })

  it('sees a delay fault as latency: half of a round trip of which one way is slow', async () => {
    const { one, two, n1, n2 } = await pair()
    const delayMs = 200
    one.wire.setFaults([rules(n2, { delayMs })])
    two.wire.listen((from, bytes) => void two.wire.send(from, bytes))
    let answers = 0
    one.wire.listen(() => {
      answers += 1
    })
    while (answers < 12) {
      const before = answers
      one.wire.send(n2, new Uint8Array(1))
      await until(() => answers > before)
    }
    expect(two.wire.links()[0]!.peer).toBe(n1)
    // The measure is smoothed: after a dozen slow trips it has left the fast ones before well behind.
    expect(one.wire.links()[0]!.latencyMs).toBeGreaterThan(delayMs / 4)
  })

  it('takes keys that node:crypto has made', async () => {
    // The helpers of this test make them so; ZeroMQ's own are of the same form.
    const { publicKey, secretKey } = keyPair()
    expect([publicKey, secretKey].map((key) => key.length)).toEqual([40, 40])
    await pair()
  })

  it('refuses a port that is taken, and an address that is not of this machine', async () => {
    const { one } = await pair()
    const at = (where: { host: string; port: number }) =>
      openWire({ ...where, nodeId: nodeId('n3'), keys: keyPair(), peers: [], clock: openClock(), onDrop: () => {} })
    expect(await at({ host, port: one.wire.port })).toMatchObject({ ok: false, failure: { code: 'port-taken' } })
    expect(await at({ host: '192.0.2.1', port: await freePort() })).toMatchObject({ failure: { code: 'bad-request' } })
  })

  it('gives its port back when it is closed', async () => {
    const [member] = await members([nodeId('n1')])
    for (let life = 0; life < 5; life += 1) await (await openMember(member!, [member!])).wire.close()
  })

  it('can be closed while messages wait, and twice', async () => {
    const { one, n2 } = await pair()
    one.wire.setFaults([rules(n2, { delayMs: 60_000 })])
    one.wire.send(n2, new Uint8Array(1))
    one.wire.setFaults([])
    for (let count = 0; count < 100; count += 1) one.wire.send(n2, new Uint8Array(100_000))
    await one.wire.close()
    await one.wire.close()
    expect(one.wire.send(n2, new Uint8Array(1))).toBe(false)
  })
})
