import { join } from 'node:path'
import type { FaultRules } from '#contract/worker/faults'
import { type NodePlan, type WorkerReport, workerLimits } from '#contract/worker/protocol'
import { LamportClock } from '#cores/clocks/lamport'
import { openClock, type SystemClock } from '#drivers/clock/index'
import { openEndpoint } from '#drivers/endpoint/index'
import { openPaper } from '#drivers/paper/index'
import { type OpenRingLinks, openRingLinks } from '#drivers/ring-links/index'
import { type KeyFolder, openSecrets } from '#drivers/secrets/index'
import { type OpenSockets, openSockets } from '#drivers/sockets/index'
import { openTrace } from '#drivers/trace/index'
import { type OpenWire, openWire } from '#drivers/wire/index'
import { ok, type Result } from '#kit/result'
import type { StopStack } from '#kit/stop-stack'
import type { Endpoint } from '#ports/endpoint'
import type { Paper } from '#ports/paper'
import { noteDrops } from '#roles/wire-drops'
import { NodeStore } from './node-store.ts'

/** The real world of one node. */
export interface NodeDrivers {
  readonly clock: SystemClock
  readonly lamport: LamportClock
  readonly store: NodeStore
  readonly trace: ReturnType<typeof openTrace>
  readonly wire: OpenWire | OpenRingLinks
  readonly ring: OpenRingLinks | null
  readonly endpoint: Endpoint | null
  readonly sockets: OpenSockets
  readonly secrets: KeyFolder
  readonly paper: Paper
}

const traceWaitingMax = 5_000

/** What was opened stands in `stops`, also when something refuses. */
export async function openDrivers(
  plan: NodePlan,
  report: (report: WorkerReport) => void,
  stops: StopStack,
): Promise<Result<NodeDrivers>> {
  const { nodeId } = plan
  const clock = openClock()
  const lamport = new LamportClock()
  const store = NodeStore.open(plan)
  if (!store.ok) return store
  stops.add(() => store.value.close())

  const trace = openTrace({
    node: nodeId,
    clock,
    lamport: () => lamport.value,
    flush: (events, dropped) => report({ kind: 'trace', events, dropped }),
    everyMs: workerLimits.traceEveryMs,
    batchMax: workerLimits.traceBatchMax,
    waitingMax: traceWaitingMax,
  })
  stops.add(() => trace.close())
  const onDrop = noteDrops({ self: nodeId, trace, clock })
  const members = [...plan.peers, ...plan.clients]
  const [wire, endpoint, sockets] = await Promise.all([
    openCarrier(plan, clock, onDrop),
    plan.http === null ? ok(null) : openEndpoint({ ...plan.http, clock }),
    openSockets({ plans: plan.sockets, keys: plan.wire.keys, members, clock }),
  ])
  if (endpoint.ok) stops.add(() => endpoint.value?.close())
  if (wire.ok) stops.add(() => wire.value.close())
  if (sockets.ok) stops.add(() => sockets.value.close())
  if (!wire.ok) return wire
  if (!endpoint.ok) return endpoint
  if (!sockets.ok) return sockets
  return ok({
    clock,
    lamport,
    store: store.value,
    trace,
    wire: wire.value,
    ring: 'shout' in wire.value ? wire.value : null,
    endpoint: endpoint.value,
    sockets: sockets.value,
    paper: openPaper(),
    secrets: openSecrets({ folder: join(plan.dataDir, 'keys') }),
  })
}

/** A peer of a ring talks over the ring's own links, and over no other wire. */
function openCarrier(
  { nodeId, wire, peers, clients, ring }: NodePlan,
  clock: SystemClock,
  onDrop: ReturnType<typeof noteDrops>,
): Promise<Result<OpenWire | OpenRingLinks>> {
  if (ring === null) return openWire({ nodeId, ...wire, peers: [...peers, ...clients], clock, onDrop })
  return openRingLinks({
    nodeId,
    host: wire.host,
    port: wire.port,
    key: new Uint8Array(Buffer.from(ring.key, 'hex')),
    peers: peers.map((peer) => ({ nodeId: peer.nodeId, id: `${peer.host}:${peer.port}` })),
    group: ring.group,
    interfaceHost: ring.interfaceHost,
    ttl: ring.ttl,
    textsFrom: ring.textsFrom,
    clock,
    onDrop,
  })
}

export function disturb({ clock, store, wire, sockets, secrets }: NodeDrivers, rules: FaultRules): void {
  clock.setSkew(rules.skewMs)
  store.current.setDisk({ slowMs: rules.slowDiskMs, isFull: rules.isDiskFull })
  secrets.setFull(rules.isDiskFull)
  wire.setFaults(rules.links)
  sockets.setAsleep(rules.isPaused)
}
