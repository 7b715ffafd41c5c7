import type { WorkerCommand, WorkerReport } from '#contract/worker/protocol'
import { workerProtocol } from '#contract/worker/protocol'
import { type ParentPort, parentPortPipe } from '#drivers/pipe/index'

// Electron's own addition to `process`, which the types of Node do not know.
const pipe = parentPortPipe<WorkerReport, WorkerCommand>((process as unknown as { parentPort: ParentPort }).parentPort)

/** A worker without native modules: it speaks the protocol of a node, and does what a test asks of it. */
pipe.listen((command) => {
  switch (command.kind) {
    case 'request': {
      const { sequence, request } = command
      // A table of this name is a wish of the test, told in the only request that carries a text.
      if (request.kind === 'rows' && request.table === 'crash') throw new Error('a bug in the worker')
      pipe.post({ kind: 'answer', sequence, result: { ok: true, value: request } })
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
pipe.post({ kind: 'ready', protocol: workerProtocol, pid: process.pid })

function hang(): never {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
}
