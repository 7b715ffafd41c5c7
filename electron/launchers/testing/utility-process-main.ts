import { join } from 'node:path'
import { app } from 'electron'
import type { WorkerReport } from '#contract/worker/protocol'
import { nodeId } from '#kit/ids'
import type { LaunchedWorker, WorkerExit } from '#supervisor/launcher'
import { utilityProcessLauncher } from '../utility-process-launcher.ts'

/**
 * The program that the contract test runs in Electron: it starts small workers with the real launcher, tells what it
 * saw in one line of JSON a scene, and then stays, with one worker alive, for the test to kill.
 */
const env = { PATH: process.env.PATH ?? '' }
const launch = (file: string): LaunchedWorker =>
  utilityProcessLauncher({ workerFile: join(__dirname, file), env }).launch({ nodeId: nodeId('n1'), isMember: false })

function nextReport(worker: LaunchedWorker): Promise<WorkerReport> {
  return new Promise((resolve) => {
    const stop = worker.pipe.listen((report) => {
      void stop()
      resolve(report)
    })
  })
}

function exitOf(worker: LaunchedWorker): Promise<WorkerExit> {
  return new Promise((resolve) => worker.onExit(resolve))
}

function ask(worker: LaunchedWorker, table: string): void {
  const request = { kind: 'rows', table, cursor: null, limit: 1 } as const
  worker.pipe.post({ kind: 'request', sequence: 7, request })
}

const scenes: Readonly<Record<string, () => Promise<unknown>>> = {
  async handshake() {
    const worker = launch('small-worker.cjs')
    const ready = await nextReport(worker)
    const pid = worker.pid
    ask(worker, 'x'.repeat(1_000_000))
    const answer = await nextReport(worker)
    worker.pipe.post({ kind: 'stop' })
    const exit = await exitOf(worker)
    const late = await exitOf(worker)
    const value = answer.kind === 'answer' && answer.result.ok ? JSON.stringify(answer.result.value).length : 0
    return { ready, pid, answer: answer.kind, bytes: value, exit, isToldLate: late === exit }
  },
  /** Several at once: what a busy machine does to the order of words and exits. */
  async crash() {
    const crash = async (): Promise<WorkerExit> => {
      const worker = launch('small-worker.cjs')
      await nextReport(worker)
      ask(worker, 'crash')
      return exitOf(worker)
    }
    return Promise.all(Array.from({ length: 8 }, crash))
  },
  async kill() {
    const worker = launch('small-worker.cjs')
    await nextReport(worker)
    ask(worker, 'hang')
    await nextReport(worker)
    // It hangs from here on, and hears no request to stop; only SIGKILL reaches it.
    worker.pipe.post({ kind: 'stop' })
    worker.kill()
    return exitOf(worker)
  },
  async missing() {
    return exitOf(launch('no-such-file.cjs'))
  },
  async stays() {
    const worker = launch('small-worker.cjs')
    await nextReport(worker)
    return { pid: worker.pid }
  },
}

void app.whenReady().then(async () => {
  for (const [scene, play] of Object.entries(scenes)) {
    process.stdout.write(`${JSON.stringify({ scene, saw: await play() })}\n`)
  }
})
