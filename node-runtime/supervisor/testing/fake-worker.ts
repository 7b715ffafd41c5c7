import type { Pipe } from '#contract/worker/pipe'
import { type NodePlan, type WorkerCommand, type WorkerReport, workerProtocol } from '#contract/worker/protocol'
import { memoryPipes } from '#drivers/pipe/index'
import type { LaunchedWorker, Launcher, WorkerExit } from '../launcher.ts'

/** A worker in this process, which says and does what a test tells it. */
export class FakeWorker {
  readonly pid: number
  readonly heard: WorkerCommand[] = []
  readonly launched: LaunchedWorker
  wasKilled = false
  readonly #pipe: Pipe<WorkerReport, WorkerCommand>
  readonly #listeners = new Set<(exit: WorkerExit) => void>()

  constructor(pid: number) {
    this.pid = pid
    const [ours, theirs] = memoryPipes<WorkerCommand, WorkerReport>()
    this.#pipe = theirs
    theirs.listen((command) => this.heard.push(command))
    this.launched = {
      pid,
      pipe: ours,
      onExit: (listener) => {
        this.#listeners.add(listener)
        return () => void this.#listeners.delete(listener)
      },
      kill: () => {
        this.wasKilled = true
        this.exit({ signal: 'SIGKILL' })
      },
    }
  }

  async say(...reports: readonly WorkerReport[]): Promise<void> {
    for (const report of reports) this.#pipe.post(report)
    await delivered()
  }

  async getReady(): Promise<void> {
    await this.say({ kind: 'ready', protocol: workerProtocol, pid: this.pid })
  }

  async run(): Promise<void> {
    await this.getReady()
    await this.say({ kind: 'started' })
  }

  exit(how: Partial<WorkerExit> = {}): void {
    const listeners = [...this.#listeners]
    this.#listeners.clear()
    for (const listener of listeners) listener({ code: null, signal: null, lastWords: [], ...how })
  }

  kinds(): readonly string[] {
    return this.heard.map(({ kind }) => kind)
  }
}

export function fakeLauncher(): { readonly launcher: Launcher; readonly workers: readonly FakeWorker[] } {
  const workers: FakeWorker[] = []
  const launch = () => {
    const worker = new FakeWorker(1_000 + workers.length)
    workers.push(worker)
    return worker.launched
  }
  return { launcher: { kind: 'child-process', launch }, workers }
}

export interface WillingLauncher {
  readonly launcher: Launcher
  readonly plans: NodePlan[]
}

/** Its workers run as soon as they have their plan, which is noted, and stop when they are told: at once, unless they linger. */
export function willingLauncher({ doLinger = false } = {}): WillingLauncher {
  const plans: NodePlan[] = []
  let launched = 0
  const launch = (): LaunchedWorker => {
    const worker = new FakeWorker(2_000 + launched)
    launched += 1
    const { pipe } = worker.launched
    const stop = async (): Promise<void> => {
      if (doLinger) await delivered()
      worker.exit({ code: 0 })
    }
    const post: typeof pipe.post = (command) => {
      if (command.kind === 'start') plans.push(command.plan)
      return command.kind === 'stop' ? void stop() : pipe.post(command)
    }
    queueMicrotask(() => void worker.run())
    return { ...worker.launched, pipe: { ...pipe, post } }
  }
  return { launcher: { kind: 'child-process', launch }, plans }
}

/** Until everything posted and every promise that hangs on it has had its turn. */
export async function delivered(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
