import { createSocket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import type { RingInterface } from '#contract/window/ring'

/** Reserved for documentation (RFC 5737): a route leads there and nobody lives there. Nothing is sent. */
const outside = '192.0.2.1'

/** The networks on which this machine can meet others, each with its first IPv4 address. */
export function interfacesHere(): readonly RingInterface[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) => {
    const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)
    return found === undefined ? [] : [{ name, host: found.address }]
  })
}

/** The own address that the outside would see, as reference peers take theirs; null: no way leads out. */
export async function hostTowardsOutside(): Promise<string | null> {
  return await new Promise((resolve) => {
    const socket = createSocket('udp4')
    const answer = (host: string | null): void => {
      socket.close()
      resolve(host)
    }
    socket.once('error', () => answer(null))
    socket.connect(9, outside, () => answer(socket.address().address))
  })
}
