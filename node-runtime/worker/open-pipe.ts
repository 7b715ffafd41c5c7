import type { Pipe } from '#contract/worker/pipe'
import type { WorkerCommand, WorkerReport } from '#contract/worker/protocol'
import { type ParentPort, parentPortPipe, processPipe } from '#drivers/pipe/index'

/** Electron's utility process has a parent port, a forked Node has `process.send`; both are the same pipe to us. */
export function openParentPipe(onGone: () => void): Pipe<WorkerReport, WorkerCommand> {
  const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort } // set by Electron only
  // A utility process is ended by Electron itself when its parent goes.
  if (parentPort !== undefined) return parentPortPipe(parentPort)
  process.once('disconnect', onGone)
  return processPipe(process as ProcessWithSend)
}

type ProcessWithSend = Parameters<typeof processPipe>[0] // what `process` has in a forked worker
