import { join } from 'node:path'
import type { FaultRules } from '#contract/worker/faults'
import { type NodePlan, type WorkerReport, workerLimits } from '#contract/worker/protocol'
import { LamportClock } from '#cores/clocks/lamport'
import { openClock, type SystemClock } from '#drivers/clock/index'
import { openEndpoint } from '#drivers/endpoint/index'
import { openPaper } from '#drivers/paper/index'
import { type KeyFolder, openSecrets } from '#drivers/secrets/index'
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
  readonly wire: OpenWire
  readonly endpoint: Endpoint | null
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
  const { nodeId, wire: address, peers, clients } = plan
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
  const onDrop = noteDrops({ self: nodeId, lamport, trace, clock })
  const [wire, endpoint] = await Promise.all([
    openWire({ nodeId, ...address, peers: [...peers, ...clients], clock, onDrop }),
    plan.http === null ? ok(null) : openEndpoint({ ...plan.http, clock }),
  ])
  if (endpoint.ok) stops.add(() => endpoint.value?.close())
  if (wire.ok) stops.add(() => wire.value.close())
  if (!wire.ok) return wire
  if (!endpoint.ok) return endpoint
  return ok({
    clock,
    lamport,
    store: store.value,
    trace,
    wire: wire.value,
    endpoint: endpoint.value,
    paper: openPaper(),
    secrets: openSecrets({ folder: join(plan.dataDir, 'keys') }),
  })
}

export function disturb({ clock, store, wire, secrets }: NodeDrivers, rules: FaultRules): void {
  clock.setSkew(rules.skewMs)
  store.current.setDisk({ slowMs: rules.slowDiskMs, isFull: rules.isDiskFull })
  secrets.setFull(rules.isDiskFull)
  wire.setFaults(rules.links)
}
