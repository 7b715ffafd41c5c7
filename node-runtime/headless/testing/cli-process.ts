/** The command line as a process of its own, from the sources: `cli-process.ts BUILT-DIR WORDS…`. */
import { runCli } from '../cli.ts'

const [builtDir = '', ...args] = process.argv.slice(2)
// A test that was killed must not leave a lab behind. The channel to it keeps nobody alive.
process.once('disconnect', () => process.exit(1))
process.channel?.unref()
const code = await runCli({
  args,
  env: process.env,
  streams: { out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) },
  builtDir,
  interrupted: new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve())
  }),
})
process.exitCode = code
setTimeout(() => process.exit(), 1_000).unref()
