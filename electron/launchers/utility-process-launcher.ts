import { finished } from 'node:stream/promises'
import { type UtilityProcess, utilityProcess } from 'electron'
import type { WorkerReport } from '#contract/worker/protocol'
import { within } from '#host/within'
import { LastWords } from '#supervisor/last-words'
import type { LaunchedWorker, Launcher, LaunchOrder, WorkerExit } from '#supervisor/launcher'
import { workerSwitches } from '#supervisor/worker-env'

/** A child of the process may hold its pipe open for longer than that. */
const lastWordsWithinMs = 1_000

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
  const { stderr } = child
  const hear = (chunk: Buffer): void => words.add(chunk.toString('utf8'))
  stderr?.on('data', hear)
  // A pipe that nobody reads fills up and then blocks the worker.
  child.stdout?.resume()
  const exits = new ExitOnce()
  let killed = false
  child.once('exit', (code) => {
    const exit = (): void => {
      // Electron gives the number of the signal as a code; the difference matters to whoever reads the reason.
      exits.set({ code: killed ? null : code, signal: killed ? 'SIGKILL' : null, lastWords: words.lines() })
    }
    if (stderr === null) exit()
    else void within(lastWordsWithinMs, restOf(stderr, hear)).then(exit)
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

/** A process may end before its last words are here, and when it has ended Electron takes our listener off their stream. */
async function restOf(words: NodeJS.ReadableStream, hear: (chunk: Buffer) => void): Promise<void> {
  await Promise.resolve()
  words.off('data', hear).on('data', hear)
  await finished(words)
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
