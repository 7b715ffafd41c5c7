import type { WorkerCommand, WorkerReport } from '#contract/worker/protocol'
import { workerProtocol } from '#contract/worker/protocol'

/** As much of process.parentPort as is used: Electron puts it there in a utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: WorkerCommand }) => void): void
  postMessage(report: WorkerReport): void
}

// Electron's own addition to `process`, which the types of Node do not know.
const port = (process as unknown as { readonly parentPort: ParentPort }).parentPort

/** A worker without native modules: it speaks the protocol of a node, and does what a test asks of it. */
port.on('message', ({ data }) => {
  switch (data.kind) {
    case 'request': {
      const { sequence, request } = data
      // A table of this name is a wish of the test, told in the only request that carries a text.
      if (request.kind === 'rows' && request.table === 'crash') throw new Error('a bug in the worker')
      port.postMessage({ kind: 'answer', sequence, result: { ok: true, value: request } })
      if (request.kind === 'rows' && request.table === 'hang') setTimeout(hang, 0)
      return
    }
    case 'stop':
      process.exit(0)
      return
    default:
      return
  }
})
port.postMessage({ kind: 'ready', protocol: workerProtocol, pid: process.pid })

function hang(): never {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
}
