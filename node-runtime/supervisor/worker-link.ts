import {
  type NodeAnswers,
  type NodeRequest,
  type WorkerCommand,
  type WorkerReport,
  workerLimits,
} from '#contract/worker/protocol'
import { fail, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import type { LaunchedWorker, WorkerExit } from './launcher.ts'
import { isWorkerReport } from './worker-report.ts'

export interface LinkEvents {
  report(report: Exclude<WorkerReport, { readonly kind: 'answer' }>): void
  /** The worker said something that is no report. Called for the first time only: it may say a thousand of them. */
  strange(): void
  /** Called once. Every waiting request has its answer by then. */
  exit(exit: WorkerExit): void
}

interface Waiting {
  readonly answer: (result: Result<unknown>) => void
  readonly timer: NodeJS.Timeout
}

/**
 * One worker's pipe, made orderly.
 * 1. A request is answered once: by the worker, by the clock, or by the worker's end.
 * 2. At most `requestsWaitingMax` wait; one more is refused, and certainly did not happen.
 * 3. A status older than the last one is dropped, and so is what is no report at all.
 */
export class WorkerLink {
  readonly #worker: LaunchedWorker
  readonly #waiting = new Map<number, Waiting>()
  readonly #stops = new StopStack()
  readonly #withinMs: number
  #sequence = 0
  #revision = 0
  #hasExited = false
  #wasStrange = false

  constructor(worker: LaunchedWorker, events: LinkEvents, withinMs: number = workerLimits.requestWithinMs) {
    this.#worker = worker
    this.#withinMs = withinMs
    this.#stops.add(worker.pipe.listen((report) => this.#receive(report, events)))
    worker.onExit((exit) => {
      this.#hasExited = true
      for (const sequence of [...this.#waiting.keys()]) {
        this.#settle(sequence, fail('worker-crashed', 'the node ended before it answered'))
      }
      void this.#stops.run()
      events.exit(exit)
    })
  }

  send(command: WorkerCommand): void {
    if (!this.#hasExited) this.#worker.pipe.post(command)
  }

  ask<Kind extends NodeRequest['kind']>(
    request: Extract<NodeRequest, { readonly kind: Kind }>,
  ): Promise<Result<NodeAnswers[Kind]>> {
    if (this.#hasExited) return Promise.resolve(fail('node-down', 'the node does not run'))
    if (this.#waiting.size >= workerLimits.requestsWaitingMax) {
      return Promise.resolve(fail('busy', `${workerLimits.requestsWaitingMax} requests wait for this node`))
    }
    this.#sequence += 1
    const sequence = this.#sequence
    const answered = new Promise<Result<unknown>>((answer) => {
      const timer = setTimeout(
        () => this.#settle(sequence, fail('timed-out', `no answer within ${this.#withinMs} ms`)),
        this.#withinMs,
      )
      this.#waiting.set(sequence, { answer, timer })
    })
    this.#worker.pipe.post({ kind: 'request', sequence, request })
    // The worker is of this build, as its protocol number showed, so its answer has the shape of the request.
    return answered as Promise<Result<NodeAnswers[Kind]>>
  }

  #receive(report: unknown, events: LinkEvents): void {
    if (!isWorkerReport(report)) {
      if (!this.#wasStrange) events.strange()
      this.#wasStrange = true
      return
    }
    if (report.kind === 'answer') return this.#settle(report.sequence, report.result)
    if (report.kind === 'status') {
      if (report.revision <= this.#revision) return
      this.#revision = report.revision
    }
    events.report(report)
  }

  /** An answer that nobody waits for came too late; its asker was told so. */
  #settle(sequence: number, result: Result<unknown>): void {
    const waiting = this.#waiting.get(sequence)
    if (waiting === undefined) return
    this.#waiting.delete(sequence)
    clearTimeout(waiting.timer)
    waiting.answer(result)
  }
}
