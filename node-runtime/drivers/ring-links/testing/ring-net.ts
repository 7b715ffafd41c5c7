import { createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect, createServer } from 'node:net'
import { openClock } from '#drivers/clock/index'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { HostPort } from '#ports/ring-links'
import type { RingStranger } from '#ports/testing/ring-links-suite'
import type { WireDrop } from '../../wire/index.ts'
import { freePort, host } from '../../wire/testing/wire-net.ts'
import { type OpenRingLinks, openRingLinks, type RingLinksOptions } from '../index.ts'

export interface RingPlan {
  readonly nodeId: NodeId
  readonly id: string
}

export interface OpenRingMember {
  readonly links: OpenRingLinks
  readonly drops: WireDrop[]
}

/** A group of its own for each test: rings of other tests are on this machine too. */
export async function ringOf(nodes: readonly NodeId[]): Promise<{ plans: readonly RingPlan[]; group: HostPort }> {
  const plans = await Promise.all(nodes.map(async (nodeId) => ({ nodeId, id: `${host}:${await freePort()}` })))
  const port = await freePort()
  return { plans, group: { host: `239.7.${port >> 8}.${port & 0xff}`, port } }
}

export function ringKey(name = 'the ring'): Uint8Array {
  return createHash('sha256').update(name).digest()
}

export async function openRingMember(
  self: RingPlan,
  ring: { readonly plans: readonly RingPlan[]; readonly group: HostPort },
  changed: Partial<RingLinksOptions> = {},
): Promise<OpenRingMember> {
  const drops: WireDrop[] = []
  const opened = await openRingLinks({
    nodeId: self.nodeId,
    host,
    port: portOf(self.id),
    key: ringKey(),
    peers: ring.plans.filter((plan) => plan !== self),
    group: ring.group,
    interfaceHost: host,
    ttl: 0,
    textsFrom: 'this-machine',
    clock: openClock(),
    random: new Random(`luck of ${self.nodeId}`),
    onDrop: (drop) => drops.push(drop),
    ...changed,
  })
  if (!opened.ok) throw new Error(opened.failure.message)
  return { links: opened.value, drops }
}

export function portOf(id: string): number {
  return Number(id.slice(id.indexOf(':') + 1))
}

export interface OpenStranger extends RingStranger {
  close(): Promise<void>
}

/** Written from the form alone: nothing of the driver is used here. */
export async function openStranger(group: HostPort): Promise<OpenStranger> {
  const texts: string[] = []
  const calls: { from: HostPort; text: string }[] = []
  const server = createServer((socket) => {
    const pieces: Buffer[] = []
    socket.on('data', (bytes: Buffer) => pieces.push(bytes))
    socket.on('end', () => texts.push(Buffer.concat(pieces).toString('utf8')))
    socket.on('error', () => {})
  })
  const hears = createSocket({ type: 'udp4', reuseAddr: true })
  const speaks = createSocket('udp4')
  const port = await freePort()
  await new Promise<void>((resolve) => void server.listen({ host, port }, resolve))
  await new Promise<void>((resolve) => void hears.bind(group.port, group.host, resolve))
  hears.addMembership(group.host, host)
  await new Promise<void>((resolve) => void speaks.bind(0, host, resolve))
  speaks.setMulticastInterface(host)
  speaks.setMulticastTTL(0)
  for (const socket of [hears, speaks]) {
    socket.on('message', (bytes, from) => {
      const text = bytes.toString('utf8')
      if (text.startsWith('COLMEIA1|') || from.port === speaks.address().port) return
      calls.push({ from: { host: from.address, port: from.port }, text })
    })
  }
  return {
    id: `${host}:${port}`,
    texts,
    calls,
    bring: (to, text) =>
      void connect(portOf(to), host)
        .on('error', () => {})
        .end(text),
    callOut: (text) => speaks.send(text, group.port, group.host),
    whisper: (to, text) => speaks.send(text, to.port, to.host),
    close: async () => {
      for (const socket of [hears, speaks]) await new Promise<void>((resolve) => void socket.close(resolve))
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}
