import { createServer } from 'node:net'
import { fail, ok, type Result } from '#kit/result'

export const portLimits = {
  shift: 100,
  shiftsMax: 50,
} as const

export type IsFree = (port: number) => Promise<boolean>

/** All ports of a cluster or none: one that is taken shifts the whole cluster, so that its numbers stay together. */
export async function choosePorts(base: number, count: number, isFree: IsFree): Promise<Result<readonly number[]>> {
  for (let shift = 0; shift <= portLimits.shiftsMax; shift += 1) {
    const ports = Array.from({ length: count }, (_, index) => base + shift * portLimits.shift + index)
    const free = await Promise.all(ports.map(isFree))
    if (free.every(Boolean)) return ok(ports)
  }
  return fail('port-taken', `no ${count} free ports from ${base} on, in steps of ${portLimits.shift}`)
}

/** Asks the only one who knows: the operating system, by listening for a moment. */
export function isFreeOn(host: string): IsFree {
  return (port) =>
    new Promise((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
    })
}
