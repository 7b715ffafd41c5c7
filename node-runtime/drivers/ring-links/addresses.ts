import { isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { HostPort } from '#ports/ring-links'

export function textOf({ host, port }: HostPort): string {
  return `${host}:${port}`
}

/** null: no address of a peer. Only IPv4, as in the ring's text form: its ids have one colon. */
export function addressOf(peer: string): HostPort | null {
  const colon = peer.indexOf(':')
  const [host, port] = [peer.slice(0, colon), peer.slice(colon + 1)]
  if (!isIPv4(host) || !/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535) return null
  return { host, port: Number(port) }
}

/** Whether something came from this machine. Sockets write an IPv4 host as IPv6 now and then. */
export function isOfThisMachine(host: string): boolean {
  const plain = plainHost(host)
  if (plain.startsWith('127.')) return true
  return Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === plain))
}

export function plainHost(host: string | undefined): string {
  return (host ?? '').replace(/^::ffff:/, '')
}
