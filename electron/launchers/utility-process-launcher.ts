import { type UtilityProcess, utilityProcess } from 'electron'
import type { WorkerReport } from '#contract/worker/protocol'
import { LastWords } from '#supervisor/last-words'
import type { LaunchedWorker, Launcher, LaunchOrder, WorkerExit } from '#supervisor/launcher'
import { workerSwitches } from '#supervisor/worker-env'

export interface UtilityProcessOptions {
  readonly workerFile: string
  readonly env: Readonly<Record<string, string>>
}

/** Workers as Electron's own utility processes: no second Node has to be shipped. */
export function utilityProcessLauncher(options: UtilityProcessOptions): Launcher {
  return { kind: 'utility-process', launch: (order) => launch(options, order) }
}

function launch({ workerFile, env }: UtilityProcessOptions, order: LaunchOrder): LaunchedWorker {
  let child: UtilityProcess
  try {
    child = utilityProcess.fork(workerFile, [], {
      serviceName: `colmeia ${order.nodeId}`,
      stdio: 'pipe',
      env: { ...env },
      execArgv: workerSwitches(order),
    })
  } catch (error) {
    return stillborn(error instanceof Error ? error.message : String(error))
  }
  const words = new LastWords()
  child.stderr?.on('data', (chunk: Buffer) => words.add(chunk.toString('utf8')))
  // A pipe that nobody reads fills up and then blocks the worker.
  child.stdout?.resume()
  const exits = new ExitOnce()
  let killed = false
  child.once('exit', (code) => {
    // Electron gives the number of the signal as a code; the difference matters to whoever reads the reason.
    exits.set({ code: killed ? null : code, signal: killed ? 'SIGKILL' : null, lastWords: words.lines() })
  })
  return {
    get pid() {
      return child.pid ?? null
    },
    pipe: {
      post: (message) => child.postMessage(message),
      listen(receive) {
        const listener = (message: unknown): void => receive(message as WorkerReport) // checked by the link that reads
        child.on('message', listener)
        return () => {
          child.off('message', listener)
        }
      },
    },
    onExit: (listener) => exits.on(listener),
    kill() {
      killed = true
      if (child.pid === undefined) child.kill()
      else killNow(child, child.pid)
    },
  }
}

/** utilityProcess.kill asks politely (SIGTERM), which a worker that hangs never hears. */
function killNow(child: UtilityProcess, pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended between the question and the kill.
    child.kill()
  }
}

/** A process that could not be made is one that exited at once, so that nobody needs a second way to handle it. */
function stillborn(reason: string): LaunchedWorker {
  const exits = new ExitOnce()
  exits.set({ code: null, signal: null, lastWords: [reason] })
  return {
    pid: null,
    pipe: { post: () => undefined, listen: () => () => undefined },
    onExit: (listener) => exits.on(listener),
    kill: () => undefined,
  }
}

/** One exit, told to each listener once, also to those that come after it. */
class ExitOnce {
  readonly #listeners = new Set<(exit: WorkerExit) => void>()
  #exit: WorkerExit | null = null

  set(exit: WorkerExit): void {
    this.#exit = exit
    for (const listener of this.#listeners) listener(exit)
    this.#listeners.clear()
  }

  on(listener: (exit: WorkerExit) => void): () => void {
    const exit = this.#exit
    if (exit === null) this.#listeners.add(listener)
    // Not at once: a caller may still be setting up what its listener uses.
    else queueMicrotask(() => listener(exit))
    return () => {
      this.#listeners.delete(listener)
    }
  }
}
