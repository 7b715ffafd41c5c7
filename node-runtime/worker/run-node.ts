import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { FaultRules } from '#contract/worker/faults'
import { type NodePlan, type NodeRequest, type WorkerReport, workerLimits } from '#contract/worker/protocol'
import type { NodeView } from '#contract/worker/view'
import { LamportClock } from '#cores/clocks/lamport'
import { openClock, type SystemClock } from '#drivers/clock/index'
import { openStore, type SqliteStore } from '#drivers/store/index'
import { openTrace } from '#drivers/trace/index'
import { type OpenWire, openWire } from '#drivers/wire/index'
import { Random } from '#kit/random'
import { fail, ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { StoreFailure } from '#ports/store'
import type { Trace } from '#ports/trace'
import { roleOf } from '#roles/registry'
import type { NodePorts, RoleStart, RunningRole } from '#roles/role'
import { nodeView } from '#roles/status'
import { noteDrops } from '#roles/wire-drops'
import { LogTail } from './log-tail.ts'
import { ProcessFigures } from './process-figures.ts'
import { startReporting } from './reporting.ts'

export interface RunningNode {
  obey(rules: FaultRules): void
  answer(request: NodeRequest): Result<unknown>
  stop(): Promise<void>
}

type Report = (report: WorkerReport) => void

const traceWaitingMax = 5_000

/** Opens the real drivers for a plan and puts its role on them. What was opened is closed again if anything refuses. */
export async function runNode(plan: NodePlan, report: Report): Promise<Result<RunningNode>> {
  const start = roleOf(plan.role)
  if (start === null) return fail('unknown-role', `no role is called ${plan.role}`)
  const stops = new StopStack()
  const running = await open(plan, { start, report, stops })
  if (!running.ok) await stops.run()
  return running
}

interface Opening {
  readonly start: RoleStart
  readonly report: Report
  readonly stops: StopStack
}

async function open(plan: NodePlan, { start, report, stops }: Opening): Promise<Result<RunningNode>> {
  const { nodeId, wire: address, peers } = plan
  const clock = openClock()
  const lamport = new LamportClock()
  const store = openStore({ path: join(plan.dataDir, 'node.sqlite') })
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
  const wire = await openWire({ nodeId, ...address, peers, clock, onDrop })
  if (!wire.ok) return wire
  stops.add(() => wire.value.close())

  const disturb = (rules: FaultRules): void => setDrivers({ clock, store: store.value, wire: wire.value }, rules)
  disturb(plan.faults)
  const log = new LogTail(clock)
  const beat = startReporting(clock, report)
  const told: Trace = { note: (what, cause) => trace.note(log.noted(what), cause) }
  const role = startOn(start, plan, {
    clock,
    wire: wire.value,
    store: store.value,
    queries: store.value.queries,
    trace: told,
    lamport,
    random: new Random(randomUUID()),
    log: (level, line) => {
      log.add(line)
      report({ kind: 'log', level, line })
    },
    soon: (work) => void setImmediate(work),
    onChange: beat.changed,
  })
  if (!role.ok) return role
  stops.add(() => role.value.stop())
  told.note({ kind: 'lifecycle', state: 'started', code: null })

  let { skewMs } = plan.faults
  const figures = new ProcessFigures(clock)
  const view = (): NodeView =>
    nodeView(role.value.facts(), {
      lamport: lamport.value,
      skewMs,
      links: wire.value.links(),
      traceDropped: trace.droppedCount,
      ...figures.read(),
      logTail: log.lines,
    })
  stops.add(beat.start(view))
  return ok({
    obey(rules) {
      skewMs = rules.skewMs
      disturb(rules)
      role.value.setFaults(rules)
      beat.changed()
    },
    answer: (request) => role.value.answer(request),
    stop: () => stops.run(),
  })
}

interface Drivers {
  readonly clock: SystemClock
  readonly store: SqliteStore
  readonly wire: OpenWire
}

function setDrivers({ clock, store, wire }: Drivers, rules: FaultRules): void {
  clock.setSkew(rules.skewMs)
  store.setDisk({ slowMs: rules.slowDiskMs, isFull: rules.isDiskFull })
  wire.setFaults(rules.links)
}

/** What is on the disk may be no state of this node's; the store says so by throwing, and the node is refused. */
function startOn(start: RoleStart, plan: NodePlan, ports: NodePorts): Result<RunningRole> {
  try {
    return ok(start(plan, ports))
  } catch (error) {
    if (error instanceof StoreFailure) return fail(error.code, error.message)
    throw error
  }
}
