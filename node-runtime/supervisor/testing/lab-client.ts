import { randomInt } from 'node:crypto'
import type { KeyPair } from '#contract/worker/protocol'
import { LamportClock } from '#cores/clocks/lamport'
import { openClock } from '#drivers/clock/index'
import { type OpenWire, openWire } from '#drivers/wire/index'
import { type ClusterId, clusterId, type NodeId, nodeId } from '#kit/ids'
import { livesMax, Post } from '#roles/post'
import { LogClient } from '#roles/replica/log-client'
import { LabFolder } from '../lab-folder.ts'
import type { ClusterSpec } from '../presets.ts'
import { testClusters } from './real-lab.ts'

export const registersId: ClusterId = clusterId('registers')

export interface RegisterClusterOptions {
  readonly peers: number
  readonly clients?: number
}

/** A group of register peers, and programs that may ask them, on ports where no other lab of this machine is. */
export function registerCluster({ peers, clients = 1 }: RegisterClusterOptions): ClusterSpec {
  const [preset] = testClusters
  if (preset === undefined) throw new Error('the program has a cluster')
  const named = (name: string, count: number): NodeId[] =>
    Array.from({ length: count }, (_, index) => nodeId(`${name}-${index + 1}`))
  return {
    ...preset,
    httpPort: null,
    id: registersId,
    nodes: named('register', peers).map((id) => ({ id, role: 'register-peer' })),
    clients: named('client', clients),
  }
}

/** A program outside of a cluster, with the keys that the lab has for it, and what it needs to speak on the wires. */
export interface LabGuest {
  readonly id: NodeId
  readonly post: Post
  readonly wire: OpenWire
  readonly keys: KeyPair
  readonly folder: LabFolder
  readonly publicKey: (node: NodeId) => string
  close(): Promise<void>
}

export interface LabGuestOptions {
  readonly id?: NodeId
  /** Whom it asks; all nodes of the cluster if nothing is said. */
  readonly asks?: readonly NodeId[]
}

/** The cluster was started before. */
export async function openLabGuest(
  labDir: string,
  spec: ClusterSpec,
  { id = spec.clients[0], asks = spec.nodes.map((node) => node.id) }: LabGuestOptions = {},
): Promise<LabGuest> {
  if (id === undefined) throw new Error(`${spec.id} has no clients`)
  const folder = LabFolder.open(labDir)
  const names = [...spec.nodes.map((node) => node.id), ...spec.clients]
  const keys = folder.ok ? folder.value.keys(names) : folder
  if (!folder.ok || !keys.ok) throw new Error(`no lab in ${labDir}`)
  const publicKey = (node: NodeId): string => keys.value[node]?.publicKey ?? ''
  const addressOf = (node: NodeId) => {
    return { nodeId: node, host: '127.0.0.1', port: folder.value.port(node) ?? 0, publicKey: publicKey(node) }
  }
  const own = keys.value[id]
  if (own === undefined) throw new Error(`no keys for ${id}`)
  const clock = openClock()
  const opened = await openWire({ ...addressOf(id), keys: own, peers: asks.map(addressOf), clock, onDrop: () => {} })
  if (!opened.ok) throw new Error(opened.failure.message)
  const wire = opened.value
  const ports = { wire, clock, trace: { note: () => {} } }
  // Two lives of a client give about never two messages one id.
  const post = new Post({ id, life: randomInt(livesMax), lamport: new LamportClock(), ports })
  const stopHearing = wire.listen((from, bytes) => post.receive(from, bytes))
  const close = async (): Promise<void> => {
    await stopHearing()
    await wire.close()
  }
  return { id, post, wire, keys: own, folder: folder.value, publicKey, close }
}

export interface LabClient {
  readonly log: LogClient
  readonly wire: OpenWire
  close(): Promise<void>
}

export interface LabClientOptions {
  readonly id?: NodeId
  readonly answerWithinMs?: number
}

/** A program that asks the log of a cluster. */
export async function openLabClient(
  labDir: string,
  spec: ClusterSpec,
  { id, ...patience }: LabClientOptions = {},
): Promise<LabClient> {
  const { post, wire, close } = await openLabGuest(labDir, spec, id === undefined ? {} : { id })
  const log = new LogClient({
    post,
    clock: openClock(),
    wire,
    peers: spec.nodes.map((node) => node.id),
    soon: (work) => void setImmediate(work),
    ...patience,
  })
  const stop = async (): Promise<void> => {
    log.stop()
    await close()
  }
  return { log, wire, close: stop }
}
