import { type ChildProcess, fork } from 'node:child_process'
import type { WorkerCommand, WorkerReport } from '#contract/worker/protocol'
import { type ProcessEnd, processPipe } from '#drivers/pipe/index'
import { LastWords } from './last-words.ts'
import type { LaunchedWorker, Launcher, LaunchOrder, WorkerExit } from './launcher.ts'
import { workerEnv, workerSwitches } from './worker-env.ts'

export interface ChildProcessOptions {
  readonly workerFile: string
  /** A Node of version 22.12 or newer. Under Electron this is not the running program. */
  readonly nodePath: string
  readonly compileCacheDir: string
}

/** Workers as plain Node processes: in development, in tests, without a window, and under the stand-in Electron. */
export function childProcessLauncher(options: ChildProcessOptions): Launcher {
  return { kind: 'child-process', launch: (order) => launch(options, order) }
}

function launch(options: ChildProcessOptions, order: LaunchOrder): LaunchedWorker {
  let child: ChildProcess
  try {
    child = forked(options, order)
  } catch (error) {
    // Most reasons come as an `error` event; a few, such as no memory for one more process, are thrown.
    return stillborn(String(error))
  }
  const words = new LastWords()
  child.stderr?.setEncoding('utf8').on('data', (text: string) => words.add(text))
  const exited = exitOf(child, words)
  return {
    pid: child.pid ?? null,
    pipe: processPipe<WorkerCommand, WorkerReport>(child as ProcessEnd),
    onExit(listener) {
      let isWanted = true
      void exited.then((exit) => {
        if (isWanted) listener(exit)
      })
      return () => {
        isWanted = false
      }
    },
    kill() {
      child.kill('SIGKILL')
    },
  }
}

function forked({ workerFile, nodePath, compileCacheDir }: ChildProcessOptions, order: LaunchOrder): ChildProcess {
  return fork(workerFile, [order.nodeId], {
    execPath: nodePath,
    // The switches of this process, such as an inspector's port, are not the worker's.
    execArgv: workerSwitches(order),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: workerEnv(compileCacheDir),
  })
}

/** One end, however it comes: `error` without an exit means that the process was never made. */
function exitOf(child: ChildProcess, words: LastWords): Promise<WorkerExit> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, lastWords: words.lines() }))
    // Not once: an error that nobody listens to would end the shell.
    child.on('error', (error) => {
      if (child.pid !== undefined) return
      resolve({ code: null, signal: null, lastWords: [String(error)] })
    })
  })
}

/** A process that could not be made is one that exited at once, so that nobody needs a second way to handle it. */
function stillborn(reason: string): LaunchedWorker {
  return {
    pid: null,
    pipe: { post: () => undefined, listen: () => () => undefined },
    onExit(listener) {
      let isWanted = true
      // Not at once: a caller may still be setting up what its listener uses.
      queueMicrotask(() => {
        if (isWanted) listener({ code: null, signal: null, lastWords: [reason] })
      })
      return () => {
        isWanted = false
      }
    },
    kill: () => undefined,
  }
}
