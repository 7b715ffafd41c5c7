import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:net'
import type { KeyPair, PeerAddress } from '#contract/worker/protocol'
import { openClock } from '#drivers/clock/index'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { toZ85 } from '#kit/z85'
import { type OpenWire, openWire, type WireDrop, type WireOptions } from '../index.ts'

export const host = '127.0.0.1'

/** A node that could be opened: its address and its keys. */
export interface Member {
  readonly address: PeerAddress
  readonly keys: KeyPair
}

export interface OpenMember {
  readonly wire: OpenWire
  readonly drops: readonly WireDrop[]
}

/** Made without ZeroMQ, as the supervisor makes them. */
export function keyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const raw = (text: string | undefined) => Buffer.from(text ?? '', 'base64url')
  return {
    publicKey: toZ85(raw(publicKey.export({ format: 'jwk' }).x)),
    secretKey: toZ85(raw(privateKey.export({ format: 'jwk' }).d)),
  }
}

export async function members(ids: readonly NodeId[]): Promise<readonly Member[]> {
  return await Promise.all(
    ids.map(async (nodeId) => {
      const keys = keyPair()
      return { keys, address: { nodeId, host, port: await freePort(), publicKey: keys.publicKey } }
    }),
  )
}

/** What this member needs to talk to all the others. */
export function planOf(self: Member, all: readonly Member[]): Omit<WireOptions, 'clock' | 'onDrop'> {
  return {
    ...self.address,
    keys: self.keys,
    peers: all.filter((member) => member !== self).map((member) => member.address),
  }
}

export async function openMember(self: Member, all: readonly Member[]): Promise<OpenMember> {
  const drops: WireDrop[] = []
  const options = { ...planOf(self, all), clock: openClock(), random: new Random(`luck of ${self.address.nodeId}`) }
  const opened = await openWire({ ...options, onDrop: (drop) => drops.push(drop) })
  if (!opened.ok) throw new Error(opened.failure.message)
  return { wire: opened.value, drops }
}

export function isConnected(wire: OpenWire, to?: NodeId): boolean {
  return wire.links().every((link) => link.isConnected || (to !== undefined && link.peer !== to))
}

/** Looks again after each turn of the event loop; the test's own time limit is the only one. */
export async function until(claim: () => boolean): Promise<void> {
  while (!claim()) await new Promise((resolve) => setTimeout(resolve, 1))
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve) => {
    const server = createServer().listen(0, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
