import type { Pipe } from '#contract/worker/pipe'
import type { WorkerCommand, WorkerReport } from '#contract/worker/protocol'
import type { NodeId } from '#kit/ids'
import type { Stop } from '#kit/stop-stack'

/** Makes worker processes. A forked child, a utility process and the tests' in-memory pair are its homes. */
export interface Launcher {
  readonly kind: 'child-process' | 'utility-process'
  /** Never throws: a process that cannot be made is one that exits at once, with the reason as its last words. */
  launch(order: LaunchOrder): LaunchedWorker
}

export interface LaunchOrder {
  /** For the name of the process; a worker learns who it is from its plan. */
  readonly nodeId: NodeId
  /** Of a replicated group: what it makes in a moment is far more than of any other node. */
  readonly isMember: boolean
}

export interface LaunchedWorker {
  /** null until the operating system has made it, or when it could not. */
  readonly pid: number | null
  readonly pipe: Pipe<WorkerCommand, WorkerReport>
  /** Called once, also when the exit came before the listener. */
  onExit(listener: (exit: WorkerExit) => void): Stop
  /** At once and without asking: SIGKILL where there are signals. */
  kill(): void
}

export interface WorkerExit {
  readonly code: number | null
  readonly signal: string | null
  /** The end of what it wrote to stderr, oldest first; bounded. */
  readonly lastWords: readonly string[]
}
