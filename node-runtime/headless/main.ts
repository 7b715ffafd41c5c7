import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCli } from './cli.ts'

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The first signal asks for an end in order; whoever asks again does not want to wait, and workers end with us anyway. */
function whenInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false
    for (const name of stopSignals) {
      process.on(name, () => {
        if (isAsked) process.exit(1)
        isAsked = true
        resolve()
      })
    }
  })
}

// `colmeia status | head` closes our output early, which is no bug of anybody.
process.stdout.on('error', () => process.exit(0))

const code = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  streams: { out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) },
  builtDir: dirname(fileURLToPath(import.meta.url)),
  interrupted: whenInterrupted(),
})

// Output that still waits in a pipe is written when a process ends by itself. Should a leak keep this one alive, it ends
// all the same a moment later: everything that mattered was stopped in order above.
process.exitCode = code
setTimeout(() => process.exit(), 1_000).unref()
