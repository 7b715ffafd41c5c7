import { flushCompileCache } from 'node:module'
import type { FaultRules } from '#contract/worker/faults'
import { type WorkerCommand, type WorkerReport, workerProtocol } from '#contract/worker/protocol'
import { unreachable } from '#kit/assert'
import { fail, type Result } from '#kit/result'
import { StoreFailure } from '#ports/store'
import { openParentPipe } from './open-pipe.ts'
import { type RunningNode, runNode } from './run-node.ts'

/**
 * The process entry of every node. It says `ready`, is given a role once, and obeys until it is told to stop or its
 * parent is gone. This is the one boundary: what is thrown up to here is a bug, and the process ends with it.
 */
const pipe = openParentPipe(() => process.exit(0))
const report = (what: WorkerReport): void => pipe.post(what)
let node: RunningNode | null = null
let isStarting = false
/** Faults may change while the drivers open; the plan then has older ones. */
let rules: FaultRules | null = null

process.on('uncaughtException', die)
process.on('unhandledRejection', die)
// A terminal's Ctrl+C reaches the whole group; the shell says when a node stops.
process.on('SIGINT', () => undefined)

pipe.listen((command) => {
  void obey(command)
})
report({ kind: 'ready', protocol: workerProtocol, pid: process.pid })
// Not written by itself when a process is killed, which is how many of ours end.
if (process.env.NODE_COMPILE_CACHE !== undefined) setImmediate(flushCompileCache)

async function obey(command: WorkerCommand): Promise<void> {
  switch (command.kind) {
    case 'start':
      return start(command)
    case 'faults':
      rules = command.rules
      return node?.obey(rules)
    case 'request': {
      const { sequence, request } = command
      const done = (result: Result<unknown>): void => report({ kind: 'answer', sequence, result })
      return node === null ? done(fail('node-down', 'the node has not started')) : node.answer(request, done)
    }
    case 'stop':
      await node?.stop()
      process.exit(0)
      break
    default:
      unreachable(command)
  }
}

async function start({ plan }: Extract<WorkerCommand, { readonly kind: 'start' }>): Promise<void> {
  if (isStarting) return
  isStarting = true
  const started = await runNode(plan, report)
  if (!started.ok) return report({ kind: 'refused', failure: started.failure })
  node = started.value
  if (rules !== null) node.obey(rules)
  report({ kind: 'started' })
}

function die(error: unknown): void {
  if (error instanceof StoreFailure && error.code === 'store-damaged') node?.condemnStore()
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
}
