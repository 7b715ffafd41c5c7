import type { Socket } from 'zeromq'
import { Told } from '#kit/told'

/**
 * Connections of a bound socket. Its events do not say which one they are about, so only their numbers are told: each
 * failed handshake is followed by the end of a connection that never stood.
 */
export function standing({ events }: Socket): Told<number> {
  const connections = new Told(0)
  let failing = 0
  const failed = (): void => {
    failing += 1
  }
  events.on('handshake', () => connections.set(connections.value + 1))
  events.on('handshake:error:protocol', failed)
  events.on('handshake:error:auth', failed)
  events.on('handshake:error:other', failed)
  events.on('disconnect', () => {
    if (failing > 0) failing -= 1
    else connections.set(Math.max(0, connections.value - 1))
  })
  return connections
}
