import { randomUUID } from 'node:crypto'
import type { FaultRules } from '#contract/worker/faults'
import type { NodePlan, NodeRequest, WorkerReport } from '#contract/worker/protocol'
import type { NodeView } from '#contract/worker/view'
import { Random } from '#kit/random'
import { fail, ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { StoreFailure } from '#ports/store'
import type { Trace } from '#ports/trace'
import { roleOf } from '#roles/registry'
import type { NodePorts, RoleStart, RunningRole } from '#roles/role'
import { nodeView } from '#roles/status'
import { LogTail } from './log-tail.ts'
import { disturb, type NodeDrivers, openDrivers } from './node-drivers.ts'
import { ProcessFigures } from './process-figures.ts'
import { type Reporting, startReporting } from './reporting.ts'

export interface RunningNode {
  obey(rules: FaultRules): void
  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void
  /** The process dies of a store that is damaged. */
  condemnStore(): void
  stop(): Promise<void>
}

type Report = (report: WorkerReport) => void

/** Opens the real drivers for a plan and puts its role on them. What was opened is closed again if anything refuses. */
export async function runNode(plan: NodePlan, report: Report): Promise<Result<RunningNode>> {
  const start = roleOf(plan.role)
  if (start === null) return fail('unknown-role', `no role is called ${plan.role}`)
  const stops = new StopStack()
  const drivers = await openDrivers(plan, report, stops)
  const running = drivers.ok ? putOn(drivers.value, { plan, start, report, stops }) : drivers
  if (!running.ok) await stops.run()
  return running
}

interface Opening {
  readonly plan: NodePlan
  readonly start: RoleStart
  readonly report: Report
  readonly stops: StopStack
}

function putOn(drivers: NodeDrivers, opening: Opening): Result<RunningNode> {
  const { plan, report, stops } = opening
  const { clock, trace } = drivers
  const log = new LogTail(clock)
  const told: Trace = { note: (what, cause) => trace.note(log.noted(what), cause) }
  const beat = startReporting(clock, report)
  const say: NodePorts['log'] = (level, line) => {
    log.add(line)
    report({ kind: 'log', level, line })
  }
  drivers.secrets.onSetAside((file) => told.note({ kind: 'file-set-aside', holds: 'key', file }))
  disturb(drivers, plan.faults)
  const role = startOn(drivers, opening, { trace: told, log: say, onChange: beat.changed })
  if (!role.ok) return role
  stops.add(() => role.value.stop())
  told.note({ kind: 'lifecycle', state: 'started', code: null })
  const { lost } = drivers.store
  if (lost !== null) told.note({ kind: 'file-set-aside', holds: 'store', file: lost })
  return ok(running(drivers, opening, { role: role.value, log, beat }))
}

interface Running {
  readonly role: RunningRole
  readonly log: LogTail
  readonly beat: Reporting
}

function running(drivers: NodeDrivers, { plan, stops }: Opening, { role, log, beat }: Running): RunningNode {
  const { clock, lamport, wire, trace, store } = drivers
  let { skewMs } = plan.faults
  const figures = new ProcessFigures(clock)
  const peers = new Set(plan.peers.map(({ nodeId }) => nodeId))
  const view = (): NodeView =>
    nodeView(role.facts(), {
      lamport: lamport.value,
      skewMs,
      // Clients are no part of the picture of a cluster.
      links: wire.links().filter(({ peer }) => peers.has(peer)),
      traceDropped: trace.droppedCount,
      ...figures.read(),
      logTail: log.lines,
    })
  stops.add(beat.start(view))
  return {
    obey(rules) {
      skewMs = rules.skewMs
      disturb(drivers, rules)
      role.setFaults(rules)
      beat.changed()
    },
    answer: (request, done) => role.answer(request, done),
    condemnStore: () => store.condemn(),
    stop: () => stops.run(),
  }
}

/** A store that opened well may still hold no state of this node's: then it is put aside, and the role begins anew. */
function startOn(
  drivers: NodeDrivers,
  { plan, start }: Opening,
  own: Pick<NodePorts, 'trace' | 'log' | 'onChange'>,
): Result<RunningRole> {
  const { store, clock, wire, ring, sockets, lamport, endpoint, secrets, paper } = drivers
  const attempt = (): Result<RunningRole> =>
    guarded(() =>
      start(plan, {
        clock,
        wire,
        store: store.current,
        storeHistory: store.history,
        queries: store.current.queries,
        texts: store.current.texts,
        endpoint,
        ring,
        sockets,
        secrets,
        paper,
        lamport,
        random: new Random(randomUUID()),
        soon: (work) => void setImmediate(work),
        ...own,
      }),
    )
  const first = attempt()
  if (first.ok || first.failure.code !== 'store-damaged') return first
  const anew = store.beginAnew()
  if (anew === null) return first
  if (!anew.ok) return anew
  disturb(drivers, plan.faults)
  return attempt()
}

/** What is on the disk may be no state of this node's; the store says so by throwing, and the node is refused. */
function guarded(start: () => RunningRole): Result<RunningRole> {
  try {
    return ok(start())
  } catch (error) {
    if (error instanceof StoreFailure) return fail(error.code, error.message)
    throw error
  }
}
