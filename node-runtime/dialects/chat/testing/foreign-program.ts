import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/**
 * Python's own ZeroMQ and MessagePack, Debian's python3-zmq and python3-msgpack, which need not be of the Python that comes
 * first on the path. null: they are not here.
 */
export const python: string | null =
  ['python3', '/usr/bin/python3'].find((command) => spawnSync(command, ['-c', 'import msgpack, zmq']).status === 0) ??
  null

export type ForeignLine = Readonly<Record<string, unknown>>

/** A program of somebody else, as it stands beside this file. Lines in, lines out. */
export class ForeignProgram {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor(script: 'foreign_client.py' | 'foreign_server.py', options: Readonly<Record<string, string>>) {
    const path = fileURLToPath(new URL(script, import.meta.url))
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
    this.#child = spawn(python ?? '', [path, ...flags], { stdio: ['pipe', 'pipe', 'inherit'] })
    // With `pipe` both are there.
    this.#lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  }

  /** What it says in answer; whatever it heard meanwhile comes first. */
  say(line: ForeignLine): Promise<ForeignLine> {
    this.#child.stdin?.write(`${JSON.stringify(line)}\n`)
    return this.next()
  }

  async next(): Promise<ForeignLine> {
    const { value, done } = await this.#lines.next()
    return done === true ? { ended: true } : JSON.parse(value)
  }

  /** When it has gone. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#child.exitCode !== null) return resolve()
      this.#child.once('exit', () => resolve())
      this.#child.stdin?.end()
    })
  }
}
