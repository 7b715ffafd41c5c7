import { createServer } from 'node:net'
import { fail, ok, type Result } from '#kit/result'

export const portLimits = {
  shift: 100,
  shiftsMax: 50,
} as const

/** `index`: which of the wanted ports it is; they need not be on one address. */
export type IsFree = (port: number, index: number) => Promise<boolean>

/** All ports of a cluster or none: one that is taken shifts the whole cluster, so that its numbers stay together. */
export async function choosePorts(wanted: readonly number[], isFree: IsFree): Promise<Result<readonly number[]>> {
  for (let shift = 0; shift <= portLimits.shiftsMax; shift += 1) {
    const ports = wanted.map((port) => port + shift * portLimits.shift)
    const free = await Promise.all(ports.map((port, index) => isFree(port, index)))
    if (free.every(Boolean)) return ok(ports)
  }
  return fail('port-taken', `not all of ${wanted.join(', ')} are free, nor in steps of ${portLimits.shift} from there`)
}

/** Asks the only one who knows: the operating system, by listening for a moment. */
export function isFreeOn(host: string): (port: number) => Promise<boolean> {
  return (port) =>
    new Promise((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
    })
}
