import { execFileSync } from 'node:child_process'
import { isAlive } from '../../supervisor/testing/real-lab.ts'

/**
 * A network of hosts on one machine: each is a network namespace with one card, eth0, and all cards end at one switch,
 * which is a namespace too. Nothing of it is in the machine's own network. The names are those of this process and run.
 */
export interface Lan {
  readonly hosts: readonly LanHost[]
  /** The cable is pulled out at the switch; and put in again. */
  unplug(host: LanHost): void
  plug(host: LanHost): void
  /** A second card for these, eth1, at a switch of their own. The addresses there, in their order. */
  addNetwork(hosts: readonly LanHost[]): readonly string[]
  /** It loses its address, as where a lease ends. */
  unnumber(host: LanHost): void
  /** The programs on it have to be ended before. */
  close(): void
}

export interface LanHost {
  readonly number: number
  readonly address: string
  /** What a program is started with to be on this host. */
  readonly before: readonly string[]
}

let lans = 0

/** null: it can be made here. */
export function whyNoLan(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are Linux'
  if (process.getuid?.() !== 0) return 'network namespaces can only be made by root'
  const name = nameOf('try')
  try {
    ip('netns', 'add', name)
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return isAbsent ? 'there is no ip (Debian: iproute2)' : 'this system lets nobody make network namespaces'
  }
  ip('netns', 'del', name)
  return null
}

export function openLan(count: number): Lan {
  sweep()
  lans += 1
  const made: string[] = []
  const close = (): void => {
    for (const name of made.splice(0)) ip('netns', 'del', name)
  }
  const add = (what: string): string => {
    const name = nameOf(what)
    ip('netns', 'add', name)
    made.push(name)
    return name
  }
  try {
    const sw = addSwitch('switch', add)
    const hosts = Array.from({ length: count }, (_, index) => addHost(sw, index + 1, add))
    const setPort = ({ number }: LanHost, state: 'up' | 'down') => ip('-n', sw, 'link', 'set', `port${number}`, state)
    return {
      hosts,
      unplug: (host) => setPort(host, 'down'),
      plug: (host) => setPort(host, 'up'),
      addNetwork(those) {
        const another = addSwitch('switch-2', add)
        return those.map(({ number }) => addCard(another, { name: nameOf(String(number)), number, card: 'eth1' }))
      },
      unnumber: ({ number }) => ip('-n', nameOf(String(number)), 'addr', 'flush', 'dev', 'eth0'),
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

function addSwitch(what: string, add: (what: string) => string): string {
  const sw = add(what)
  // A switch that learnt who wants which group would need somebody who asks: without one it forgets them.
  ip('-n', sw, 'link', 'add', 'bridge', 'type', 'bridge', 'mcast_snooping', '0')
  ip('-n', sw, 'link', 'set', 'bridge', 'up')
  return sw
}

function addHost(sw: string, number: number, add: (what: string) => string): LanHost {
  const name = add(String(number))
  ip('-n', name, 'link', 'set', 'lo', 'up')
  const address = addCard(sw, { name, number, card: 'eth0' })
  // Nobody is there; it makes eth0 the network that leads out.
  ip('-n', name, 'route', 'add', 'default', 'via', '10.77.0.254')
  return { number, address, before: ['ip', 'netns', 'exec', name] }
}

/** The address of the host on it. */
function addCard(sw: string, { name, number, card }: { name: string; number: number; card: 'eth0' | 'eth1' }): string {
  const address = card === 'eth0' ? `10.77.0.${number}` : `10.78.0.${number}`
  ip('-n', sw, 'link', 'add', `port${number}`, 'type', 'veth', 'peer', 'name', card, 'netns', name)
  ip('-n', sw, 'link', 'set', `port${number}`, 'master', 'bridge', 'up')
  ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', card)
  ip('-n', name, 'link', 'set', card, 'up')
  waitUntilItRuns(name, card)
  return address
}

/** The kernel notes a carrier when it comes to it, up to a second later; until then programs are not shown the card. */
function waitUntilItRuns(name: string, card: string): void {
  const end = Date.now() + 30_000
  while (!ip('-n', name, '-o', 'link', 'show', 'dev', card).includes(' state UP ')) {
    if (Date.now() > end) throw new Error(`${card} of ${name} has no carrier`)
  }
}

/** What a run left that was killed before it could close. Its programs have ended with it. */
function sweep(): void {
  const listed = execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' })
  for (const [name, pid] of listed.matchAll(/^colmeia-(\d+)-\S+/gm)) {
    if (!isAlive(Number(pid))) ip('netns', 'del', name)
  }
}

function nameOf(what: string): string {
  return `colmeia-${process.pid}-${lans}-${what}`
}

function ip(...words: readonly string[]): string {
  return execFileSync('ip', words, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
}
