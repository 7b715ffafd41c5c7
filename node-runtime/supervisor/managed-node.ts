import type { WorkerState } from '#contract/window/topology'
import type { FaultRules } from '#contract/worker/faults'
import {
  type NodeAnswers,
  type NodePlan,
  type NodeRequest,
  type WorkerReport,
  workerLimits,
  workerProtocol,
} from '#contract/worker/protocol'
import type { TraceEvent, TraceWhat } from '#contract/worker/trace'
import type { NodeView } from '#contract/worker/view'
import type { Failure, FailureCode } from '#kit/failures'
import type { FaultId, NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { LaunchedWorker, Launcher, WorkerExit } from './launcher.ts'
import { type CrashTimes, judgeCrash, patienceMs, type RestartLimits, restartLimits } from './restart-budget.ts'
import { WorkerLink } from './worker-link.ts'

export interface NodeEvents {
  changed(): void
  noted(what: TraceWhat): void
  traced(events: readonly TraceEvent[], dropped: number): void
  leftDown(failure: Failure): void
  /** The role runs: it has something to lose from now on. */
  started(): void
}

export interface NodeLimits {
  /** The first start; one after a start that was too late may take longer. */
  readonly readyWithinMs: number
  readonly stopWithinMs: number
  readonly restart: RestartLimits
}

export const nodeLimits: NodeLimits = {
  readyWithinMs: workerLimits.readyWithinMs,
  stopWithinMs: workerLimits.stopWithinMs,
  restart: restartLimits,
}

/** What was last asked of a node, by number: whatever waits for its turn under an older one has been overtaken. */
export type Ticket = number

/** One life of the worker: from its launch to its exit. What an earlier life still says is not listened to. */
interface Life {
  readonly worker: LaunchedWorker
  readonly link: WorkerLink
  readonly plan: NodePlan
  readonly bornMs: number
  readonly exited: Promise<void>
  timer: NodeJS.Timeout | null
  readyMs: number | null
}

/**
 * A node over all the lives of its worker.
 * 1. At most one life at a time: a new one begins when the last process is gone, so that its port and file are free.
 * 2. Exit after a stop is an exit; every other end is a crash, and comes back by the restart budget.
 * 3. A node that is killed or left down stays down until somebody starts it.
 * 4. The last order wins, also when an earlier one is still waiting for a process to end.
 */
export class ManagedNode {
  readonly id: NodeId
  readonly #launcher: Launcher
  readonly #limits: NodeLimits
  readonly #events: NodeEvents
  #ticket: Ticket = 0
  #state: WorkerState = { kind: 'stopped' }
  #life: Life | null = null
  #retry: NodeJS.Timeout | null = null
  #crashTimes: CrashTimes = []
  #crashes = 0
  /** In a row. The minute of the budget could not count them: they take longer than that. */
  #lateStarts = 0
  #view: { readonly view: NodeView; readonly wallMs: number } | null = null
  #settled: ((result: Result<null>) => void)[] = []
  #makePlan: (() => NodePlan) | null = null

  constructor(
    id: NodeId,
    parts: { readonly launcher: Launcher; readonly limits: NodeLimits; readonly events: NodeEvents },
  ) {
    this.id = id
    this.#launcher = parts.launcher
    this.#limits = parts.limits
    this.#events = parts.events
  }

  get state(): WorkerState {
    return this.#state
  }

  get crashes(): number {
    return this.#crashes
  }

  get lastView(): { readonly view: NodeView; readonly wallMs: number } | null {
    return this.#view
  }

  /** Shows that its turn will come. `start` takes the ticket, and does nothing if the node was stopped meanwhile. */
  queue(): Ticket {
    const { kind } = this.#state
    if (kind === 'running' || kind === 'starting') return this.#ticket
    this.#ticket += 1
    this.#clearRetry()
    this.#become({ kind: 'waiting', sinceWallMs: Date.now() })
    return this.#ticket
  }

  /** False once something else was asked of the node since the ticket was given. */
  isTurnOf(ticket: Ticket): boolean {
    return ticket === this.#ticket
  }

  /** Answers when the node runs, or is left down. The plan is made anew for every life. */
  async start(ticket: Ticket, makePlan: () => NodePlan): Promise<Result<null>> {
    if (!this.isTurnOf(ticket)) return fail('node-down', 'the node was stopped before its turn came')
    if (this.#state.kind === 'running') return ok(null)
    this.#makePlan = makePlan
    const settled = new Promise<Result<null>>((resolve) => this.#settled.push(resolve))
    if (this.#state.kind === 'starting') return settled
    this.#crashTimes = []
    this.#lateStarts = 0
    await this.#life?.exited
    if (ticket === this.#ticket && this.#life === null) this.#launch()
    return settled
  }

  /** It cannot even be launched. */
  refuse(failure: Failure): Result<null> {
    this.#ticket += 1
    this.#giveUp(failure, 'left-down')
    return { ok: false, failure }
  }

  async stop(): Promise<void> {
    this.#ticket += 1
    this.#clearRetry()
    const life = this.#life
    this.#settle(fail('node-down', 'the node was stopped'))
    if (life === null) {
      if (this.#state.kind !== 'stopped') this.#become({ kind: 'stopped' })
      return
    }
    if (this.#state.kind !== 'stopping') {
      this.#become({ kind: 'stopping', sinceWallMs: Date.now(), pid: life.worker.pid ?? 0 })
      life.link.send({ kind: 'stop' })
      this.#within(life, this.#limits.stopWithinMs, () => life.worker.kill())
    }
    await life.exited
  }

  /** By a fault: at once, and it stays down. */
  kill(fault: FaultId): void {
    this.#ticket += 1
    this.#clearRetry()
    this.#settle(fail('node-down', 'the node was killed'))
    this.#events.noted({ kind: 'lifecycle', state: 'killed', code: null })
    this.#become({ kind: 'killed', sinceWallMs: Date.now(), fault })
    this.#life?.worker.kill()
  }

  obey(rules: FaultRules): void {
    this.#life?.link.send({ kind: 'faults', rules })
  }

  ask<Kind extends NodeRequest['kind']>(
    request: Extract<NodeRequest, { readonly kind: Kind }>,
  ): Promise<Result<NodeAnswers[Kind]>> {
    if (this.#life === null || this.#state.kind !== 'running') {
      return Promise.resolve(fail('node-down', `${this.id} does not run`))
    }
    return this.#life.link.ask(request)
  }

  #launch(): void {
    const plan = this.#makePlan?.()
    if (plan === undefined) return
    const worker = this.#launcher.launch({ nodeId: this.id, isMember: plan.group !== null })
    let exited: () => void = () => undefined
    const life: Life = {
      worker,
      link: new WorkerLink(worker, {
        report: (report) => this.#heard(life, report),
        strange: () =>
          this.#events.noted({ kind: 'anomaly', detail: 'the worker said what no worker of this build says' }),
        exit: (exit) => {
          exited()
          this.#exited(life, exit)
        },
      }),
      plan,
      bornMs: performance.now(),
      exited: new Promise((resolve) => {
        exited = resolve
      }),
      timer: null,
      readyMs: null,
    }
    this.#life = life
    this.#become({ kind: 'starting', sinceWallMs: Date.now(), pid: worker.pid })
    this.#events.noted({ kind: 'lifecycle', state: 'starting', code: null })
    const withinMs = patienceMs(this.#limits.readyWithinMs, this.#lateStarts)
    this.#within(life, withinMs, () => this.#tooLate(life))
  }

  #heard(life: Life, report: Exclude<WorkerReport, { readonly kind: 'answer' }>): void {
    if (life !== this.#life) return
    // Before the protocol is known to be ours, nothing else that is said can be understood.
    if (life.readyMs === null && report.kind !== 'ready') return
    switch (report.kind) {
      case 'ready':
        return this.#ready(life, report.protocol)
      case 'started':
        return this.#started(life)
      case 'refused':
        // It may have been stopped or killed while this was on its way; the last order wins.
        return this.#state.kind === 'starting' ? this.#giveUp(report.failure, 'refused') : undefined
      case 'status':
        this.#view = { view: report.view, wallMs: Date.now() }
        return this.#events.changed()
      case 'trace':
        return this.#events.traced(report.events, report.dropped)
      case 'log':
        return
    }
  }

  #ready(life: Life, protocol: number): void {
    if (life.readyMs !== null || this.#state.kind !== 'starting') return
    if (protocol !== workerProtocol) {
      const message = `the worker speaks protocol ${protocol}, not ${workerProtocol}`
      return this.#giveUp({ code: 'worker-protocol', message }, 'left-down')
    }
    life.readyMs = performance.now()
    life.link.send({ kind: 'start', plan: life.plan })
  }

  #started(life: Life): void {
    if (life.timer !== null) clearTimeout(life.timer)
    this.#lateStarts = 0
    // Somebody may have stopped or killed it meanwhile; it has run all the same.
    const isWanted = this.#state.kind === 'starting'
    if (isWanted) this.#become({ kind: 'running', sinceWallMs: Date.now(), pid: life.worker.pid ?? 0 })
    this.#events.started()
    if (isWanted) this.#settle(ok(null))
  }

  #exited(life: Life, exit: WorkerExit): void {
    if (life.timer !== null) clearTimeout(life.timer)
    if (life !== this.#life) return
    this.#life = null
    const { kind } = this.#state
    if (kind === 'stopping') {
      this.#events.noted({ kind: 'lifecycle', state: 'stopped', code: null })
      return this.#become({ kind: 'stopped' })
    }
    // The next life may wait for this end already.
    if (kind === 'killed' || kind === 'left-down' || kind === 'waiting') return this.#events.changed()
    this.#crashed(life, exit)
  }

  #crashed(life: Life, exit: WorkerExit): void {
    this.#crashes += 1
    this.#events.noted({ kind: 'lifecycle', state: 'crashed', code: 'worker-crashed' })
    const nowMs = performance.now()
    const counts = life.readyMs === null || nowMs - life.readyMs < this.#limits.restart.youngMs
    const { times, verdict } = judgeCrash(this.#crashTimes, { nowMs, counts }, this.#limits.restart)
    this.#crashTimes = times
    const isHopeless = this.#lateStarts >= this.#limits.restart.crashesMax
    if (verdict.kind === 'leave-down' || isHopeless) {
      const code: FailureCode = isHopeless || life.readyMs === null ? 'worker-not-ready' : 'worker-crashed'
      const often = isHopeless
        ? `${this.#lateStarts} starts that took too long`
        : `${times.length} crashes within a minute`
      return this.#giveUp({ code, message: `${often}; last: ${howOf(exit)}` }, 'left-down')
    }
    const now = Date.now()
    this.#become({ kind: 'crashed', sinceWallMs: now, how: howOf(exit), retryWallMs: now + verdict.delayMs })
    this.#retry = setTimeout(() => {
      this.#retry = null
      this.#launch()
    }, verdict.delayMs)
  }

  /** A worker that does not get ready in time is ended; its exit is a crash that counts. */
  #tooLate(life: Life): void {
    this.#lateStarts += 1
    this.#events.noted({ kind: 'lifecycle', state: 'refused', code: 'worker-not-ready' })
    life.worker.kill()
  }

  #giveUp(failure: Failure, state: 'refused' | 'left-down'): void {
    this.#clearRetry()
    this.#events.noted({ kind: 'lifecycle', state, code: failure.code })
    const { code, message: detail } = failure
    this.#become({ kind: 'left-down', sinceWallMs: Date.now(), code, detail })
    this.#events.leftDown(failure)
    this.#settle({ ok: false, failure })
    this.#life?.worker.kill()
  }

  #within(life: Life, ms: number, work: () => void): void {
    if (life.timer !== null) clearTimeout(life.timer)
    life.timer = setTimeout(work, ms)
  }

  #clearRetry(): void {
    if (this.#retry !== null) clearTimeout(this.#retry)
    this.#retry = null
  }

  #settle(result: Result<null>): void {
    const waiting = this.#settled
    this.#settled = []
    for (const settle of waiting) settle(result)
  }

  #become(state: WorkerState): void {
    this.#state = state
    this.#events.changed()
  }
}

function howOf(exit: WorkerExit): string {
  const end = exit.signal ?? `code ${exit.code ?? 'unknown'}`
  const last = exit.lastWords.at(-1)
  return last === undefined ? end : `${end}: ${last.slice(0, 200)}`
}
