import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { workerFile } from '../../supervisor/testing/worker-file.ts'

const entry = fileURLToPath(new URL('./cli-process.ts', import.meta.url))

/** More than a shell takes that has nodes to stop, on a busy machine. */
const endWithinMs = 20_000

/** A process of the command line, and what it has said so far. */
export interface CliProcess {
  readonly pid: number
  readonly out: string
  readonly err: string
  write(text: string): void
  /** No more will be written. */
  end(): void
  signal(name: NodeJS.Signals): void
  /** When the output has it. A process that ends without it fails the test with all that it said. */
  said(text: string | RegExp): Promise<void>
  readonly exited: Promise<number | null>
}

/** A data folder, and the command line on it as real processes. Nothing has to be built. */
export interface RealCli {
  readonly dataDir: string
  /** `before`: another program that starts it, with its words. */
  run(words: readonly string[], before?: readonly string[]): CliProcess
  /** Ends whatever still runs. */
  close(): Promise<void>
}

export function openCli(): RealCli {
  const dataDir = mkdtempSync(join(tmpdir(), 'colmeia-cli-'))
  const builtDir = join(dataDir, 'out', 'headless')
  mkdirSync(join(dataDir, 'out', 'workers'), { recursive: true })
  // Where a built program has its worker; a file there that leads to the real one.
  writeFileSync(join(dataDir, 'out', 'workers', 'worker.mjs'), `import '${pathToFileURL(workerFile())}'\n`)
  const running: CliProcess[] = []
  return {
    dataDir,
    run(words, before = []) {
      const [program = process.execPath, ...args] = [...before, process.execPath, entry, builtDir, ...words]
      const env = { ...process.env, COLMEIA_HOME: dataDir, LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' }
      const cli = watch(spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe', 'ipc'], env }))
      running.push(cli)
      return cli
    },
    async close() {
      await Promise.all(running.map(end))
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** In order, and by force if that takes too long. */
async function end(one: CliProcess): Promise<void> {
  one.signal('SIGTERM')
  const timer = setTimeout(() => one.signal('SIGKILL'), endWithinMs)
  await one.exited
  clearTimeout(timer)
}

function watch(child: ChildProcess): CliProcess {
  const { stdin, stdout, stderr } = child
  if (stdin === null || stdout === null || stderr === null) throw new Error('each of them is a pipe')
  const said = { out: '', err: '' }
  const listeners = new Set<() => void>()
  const heard = (where: 'out' | 'err') => (text: string) => {
    said[where] += text
    for (const listener of listeners) listener()
  }
  stdout.setEncoding('utf8').on('data', heard('out'))
  stderr.setEncoding('utf8').on('data', heard('err'))
  stdin.on('error', () => {}) // it ended before it read all: its exit says so
  let hasEnded = false
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      hasEnded = true
      resolve(code)
      for (const listener of listeners) listener()
    })
  })
  return {
    pid: child.pid ?? 0,
    get out() {
      return said.out
    },
    get err() {
      return said.err
    },
    write: (text) => void stdin.write(text),
    end: () => void stdin.end(),
    signal: (name) => void child.kill(name),
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const isThere = typeof text === 'string' ? said.out.includes(text) : text.test(said.out)
          if (!isThere && !hasEnded) return
          listeners.delete(look)
          if (isThere) resolve()
          else reject(new Error(`it ended without ${text}\n${said.out}\n${said.err}`))
        }
        listeners.add(look)
        look()
      }),
    exited,
  }
}
