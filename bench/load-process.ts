import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * A load in a process of its own, so that it does not slow down the lab that watches. `seen` looks at the report while
 * the process is still there to be weighed; what it throws ends the bench.
 */
export function underLoad<Report, Seen>(
  file: 'raft-load.ts' | 'http-load.ts' | 'chat-load.ts' | 'nats-load.ts',
  order: object,
  seen: (report: Report, pid: number) => Seen,
): Promise<Seen> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { serialization: 'advanced' })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the load ended with ${code} before it reported`)))
    child.once('message', (report: Report) => {
      try {
        resolve(seen(report, child.pid ?? 0))
      } catch (error) {
        reject(error)
      }
      child.disconnect()
    })
    child.send(order)
  })
}
