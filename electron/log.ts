import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Past this the log becomes `.old` and the one before it goes. */
const logBytesMax = 1024 * 1024

export type Log = (line: string) => void

/** The shell's own log: to stderr for whoever started it, and to a file for whoever asks afterwards. */
export function openLog(path: string): Log {
  return (line) => {
    const dated = `${new Date().toISOString()} ${line}\n`
    process.stderr.write(dated)
    try {
      mkdirSync(dirname(path), { recursive: true })
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > logBytesMax) renameSync(path, `${path}.old`)
      appendFileSync(path, dated)
    } catch {
      // A log that cannot be written must not bring down what it tells about.
    }
  }
}

export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
