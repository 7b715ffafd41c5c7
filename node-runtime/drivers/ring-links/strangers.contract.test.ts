import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { StopStack } from '#kit/stop-stack'
import type { HostPort, RefusedWhy } from '#ports/ring-links'
import { freePort, host, until } from '../wire/testing/wire-net.ts'
import { helloNonceBytes, makeHello } from './hello.ts'
import { ringLinkLimits } from './limits.ts'
import { raw } from './testing/raw.ts'
import { type OpenRingMember, openRingMember, type RingPlan, ringKey, ringOf } from './testing/ring-net.ts'

const [n1, n2] = [nodeId('n1'), nodeId('n2')]

describe('whoever comes to the port of a ring peer', () => {
  const stops = new StopStack()
  let ring: { plans: readonly RingPlan[]; group: HostPort }
  let one: OpenRingMember
  let heard: string[]
  let texts: string[]

  beforeEach(async () => {
    ring = await ringOf([n1, n2])
    one = await openRingMember(ring.plans[0]!, ring)
    stops.add(() => one.links.close())
    heard = []
    texts = []
    one.links.listen((from, bytes) => heard.push(`${from}:${Buffer.from(bytes).toString()}`))
    one.links.onText((_, text) => texts.push(text))
  })

  afterEach(() => stops.run())

  const refused = (why: RefusedWhy) => one.links.refused[why]

  async function two(changed: Parameters<typeof openRingMember>[2] = {}): Promise<OpenRingMember> {
    const member = await openRingMember(ring.plans[1]!, ring, changed)
    stops.add(() => member.links.close())
    return member
  }

  /** Shows that the peer is well: an own one still gets through. */
  async function expectWell(): Promise<void> {
    const member = await two()
    member.links.send(n1, Buffer.from('well?'))
    await until(() => heard.includes('n2:well?'))
  }

  it('is not heard with another key, nor does it hear', async () => {
    const stranger = await two({ key: ringKey('another ring') })
    const shouts: string[] = []
    one.links.onShout(() => shouts.push('heard'))
    stranger.links.shout(Buffer.from('believe me'))
    stranger.links.send(n1, Buffer.from('believe me'))
    await until(() => stranger.links.refused['wrong-key'] === 1 && refused('wrong-key') === 1)
    expect(stranger.drops).toMatchObject([{ peer: n1, why: 'not-connected' }])
    one.links.send(n2, Buffer.from('secret'))
    await until(() => one.drops.length === 1)
    expect([heard, shouts]).toEqual([[], []])
    await stranger.links.close()
    await expectWell()
  })

  it('is shown nothing that is sealed before it has proven itself', async () => {
    const stranger = await raw(one.links.id)
    const self = { id: `${host}:9`, life: randomBytes(8) }
    stranger.socket.write(makeHello(self, randomBytes(helloNonceBytes)).bytes)
    stranger.socket.write(randomBytes(24))
    await until(() => stranger.isClosed())
    expect(refused('garbage') + refused('wrong-key')).toBe(1)
    await expectWell()
  })

  it('may send garbage of every length and shape; the peer stays up and counts', async () => {
    const random = new Random('garbage')
    const good = makeHello({ id: `${host}:9`, life: randomBytes(8) }, randomBytes(helloNonceBytes)).bytes
    for (let count = 0; count < 60; count += 1) {
      const bytes = Buffer.concat([good, randomBytes(64)]).subarray(0, 1 + random.below(good.length + 64))
      const changed = Buffer.from(bytes)
      if (random.chance(2, 3)) changed[random.below(changed.length)] = random.below(256)
      const stranger = await raw(one.links.id)
      stranger.socket.end(changed)
      await until(() => stranger.isClosed())
    }
    await expectWell()
    expect(heard).toEqual(['n2:well?'])
    expect(Object.values(one.links.refused).reduce((sum, count) => sum + count, 0) + texts.length).toBeGreaterThan(30)
  })

  it('may claim to bring four gigabytes, and is believed nothing', async () => {
    const stranger = await raw(one.links.id)
    const hello = makeHello({ id: `${host}:9`, life: randomBytes(8) }, randomBytes(helloNonceBytes)).bytes
    stranger.socket.write(Buffer.concat([hello, Buffer.alloc(8, 255)]))
    await until(() => stranger.isClosed())
    expect(refused('wrong-key')).toBe(1)
  })

  it('is sent away when it says half of something and waits', async () => {
    const half = [await raw(one.links.id), await raw(one.links.id), await raw(one.links.id)]
    half[0]!.socket.write('CLM')
    half[1]!.socket.write('a text without an end')
    half[2]!.socket.write(makeHello({ id: `${host}:9`, life: randomBytes(8) }, randomBytes(helloNonceBytes)).bytes)
    await until(() => half.every(({ isClosed }) => isClosed()))
    expect(refused('half')).toBe(3)
    expect(texts).toEqual([])
  })

  it('gets no further with many connections that say nothing, and own peers still come in', async () => {
    const idle = []
    for (let count = 0; count < ringLinkLimits.greetingsMax * 2; count += 1) idle.push(await raw(one.links.id))
    await until(() => refused('too-many') >= ringLinkLimits.greetingsMax)
    await expectWell()
    for (const { socket } of idle) socket.destroy()
  })

  it('may flood with texts and datagrams: so many are taken, the rest is counted, and few words are made of it', async () => {
    const told: string[] = []
    one.links.onRefused((why) => told.push(why))
    const socket = createSocket('udp4')
    await bindOn(socket)
    stops.add(() => void socket.close())
    const calls: string[] = []
    one.links.onCall((_, text) => calls.push(text))
    const { atOnce } = ringLinkLimits.datagramsPerHost
    for (let count = 0; count < atOnce * 3; count += 1) {
      socket.send(`DISCOVER:${count}`, ring.group.port, ring.group.host)
      // Slow enough that the system's own buffer does not drop them before they are counted.
      if (count % 50 === 49) await until(() => calls.length + refused('too-many') >= count - 49)
    }
    await until(() => refused('too-many') > 0)
    expect(calls.length).toBeGreaterThanOrEqual(atOnce / 2)
    for (let count = 0; count < ringLinkLimits.textsPerHost.atOnce * 2; count += 1) {
      const stranger = await raw(one.links.id)
      stranger.socket.end('a|b|c')
      await until(() => stranger.isClosed())
    }
    expect(texts.length).toBeGreaterThanOrEqual(ringLinkLimits.textsPerHost.atOnce)
    expect(refused('too-many')).toBeGreaterThan(told.length)
    await expectWell()
  })

  it('may flood the group for as long as it likes: the shouts of own peers on its host are heard', async () => {
    const shouts: string[] = []
    one.links.onShout((bytes) => shouts.push(Buffer.from(bytes).toString()))
    const socket = createSocket('udp4')
    await bindOn(socket)
    stops.add(() => void socket.close())
    const member = await two()
    const counted = () => Object.values(one.links.refused).reduce((sum, count) => sum + count, 0)
    let rounds = 0
    for (; refused('too-many') < ringLinkLimits.datagramsPerHost.atOnce * 2; rounds += 1) {
      const before = counted()
      for (let count = 0; count < 50; count += 1) socket.send(randomBytes(20), ring.group.port, ring.group.host)
      // Slow enough that the system's own buffer does not drop them before they are counted.
      await until(() => counted() >= before + 25)
      member.links.shout(Buffer.from(`${rounds}`))
      await until(() => shouts.includes(`${rounds}`))
    }
    expect(shouts).toHaveLength(rounds)
  })

  it('brings no text where texts are not allowed', async () => {
    await one.links.close()
    one = await openRingMember(ring.plans[0]!, ring, { textsFrom: 'nobody' })
    one.links.listen((from, bytes) => heard.push(`${from}:${Buffer.from(bytes).toString()}`))
    const stranger = await raw(one.links.id)
    stranger.socket.end('a|b|c')
    await until(() => refused('texts-not-allowed') === 1)
    await expectWell()
    await one.links.close()
  })

  it('cannot say an own shout again', async () => {
    const shouts: string[] = []
    one.links.onShout((bytes) => shouts.push(Buffer.from(bytes).toString()))
    const recorded: Buffer[] = []
    const ear = createSocket({ type: 'udp4', reuseAddr: true })
    await new Promise<void>((resolve) => void ear.bind(ring.group.port, ring.group.host, resolve))
    ear.addMembership(ring.group.host, host)
    ear.on('message', (bytes) => recorded.push(Buffer.from(bytes)))
    const mouth = createSocket('udp4')
    await bindOn(mouth)
    for (const socket of [ear, mouth]) stops.add(() => void socket.close())
    const member = await two()
    member.links.shout(Buffer.from('once'))
    await until(() => recorded.length === 1 && shouts.length === 1)
    const [shout] = recorded
    expect(shout!.toString()).toMatch(/^COLMEIA1\|[\w-]+$/)
    mouth.send(shout!, ring.group.port, ring.group.host)
    await until(() => refused('replayed') === 1)
    const changed = Buffer.from(shout!)
    changed[40] = changed[40] === 65 ? 66 : 65
    mouth.send(changed, ring.group.port, ring.group.host)
    await until(() => refused('wrong-key') === 1)
    expect(shouts).toEqual(['once'])
  })

  it('of another ring of ours is no reference peer', async () => {
    const mouth = createSocket('udp4')
    await bindOn(mouth)
    stops.add(() => void mouth.close())
    const calls: string[] = []
    one.links.onCall((_, text) => calls.push(text))
    mouth.send('DISCOVER:127.0.0.1:1', ring.group.port, ring.group.host)
    await until(() => calls.length === 1)
    mouth.send(`COLMEIA1|${randomBytes(80).toString('base64url')}`, ring.group.port, ring.group.host)
    await until(() => refused('wrong-key') === 1)
    mouth.send('DISCOVER:127.0.0.1:2', ring.group.port, ring.group.host)
    // Nobody who can only make such a sign silences a reference peer for ever by it.
    mouth.send('DISCOVER:127.0.0.1:3', ring.group.port, ring.group.host)
    await until(() => calls.length === 2)
    await expectWell()
    expect(calls).toEqual(['DISCOVER:127.0.0.1:1', 'DISCOVER:127.0.0.1:3'])
  })

  it('finds the port taken, or the address not of this machine', async () => {
    await expect(openRingMember(ring.plans[0]!, ring)).rejects.toThrow('in use')
    const elsewhere = openRingMember({ nodeId: n2, id: `${host}:${await freePort()}` }, ring, { host: '192.0.2.1' })
    await expect(elsewhere).rejects.toThrow('not an address of this machine')
    const without = openRingMember(ring.plans[1]!, ring, { interfaceHost: '192.0.2.1' })
    await expect(without).rejects.toThrow('not an address of this machine')
    await expectWell()
  })
})

async function bindOn(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => void socket.bind(0, host, resolve))
  socket.setMulticastInterface(host)
  socket.setMulticastTTL(0)
}
