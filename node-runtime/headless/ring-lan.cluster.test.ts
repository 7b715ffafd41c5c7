import { spawn } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RingPeerFacts } from '#contract/worker/ring'
import { type NodeId, nodeId } from '#kit/ids'
import { StopStack } from '#kit/stop-stack'
import { type ColmeiaOn, openColmeia } from './testing/colmeia-on.ts'
import { type Lan, type LanHost, openLan, whyNoLan } from './testing/lan.ts'
import { openCli } from './testing/real-cli.ts'

const whyNot = whyNoLan()
if (whyNot !== null) process.stderr.write(`A ring over a network of hosts is not tested here: ${whyNot}.\n`)

const one = nodeId('ring-1')
const key = { from: 'phrase', phrase: 'onze abelhas na janela' } as const
const ourLan = { reach: 'lan', interface: 'eth0', key } as const

let lan: Lan
let open: ColmeiaOn[]
let stops: StopStack
beforeEach(() => {
  open = []
  stops = new StopStack()
})
afterEach(async () => {
  try {
    await stops.run()
  } finally {
    lan.close()
  }
})

/** One after the other: a busy machine that starts all of them at once gets none ready in time. */
async function colmeiasOn({ hosts }: Lan): Promise<[ColmeiaOn, ColmeiaOn, ColmeiaOn]> {
  for (const host of hosts) {
    const colmeia = await openColmeia(host)
    open.push(colmeia)
    stops.add(() => colmeia.close())
  }
  const [a, b, c] = open
  if (a === undefined || b === undefined || c === undefined) throw new Error('three hosts')
  return [a, b, c]
}

/** Waits for what these show, by their own signals. The time of the test is the limit. */
function until(colmeias: readonly ColmeiaOn[], look: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (look()) resolve()
    }
    for (const colmeia of colmeias) colmeia.onChange(check)
    check()
  })
}

function peersOf(colmeias: readonly ColmeiaOn[]): readonly RingPeerFacts[] {
  return colmeias.flatMap((colmeia) => [...colmeia.facts().values()])
}

/** All peers of these say the same of one closed ring of just them. */
function areOneRing(colmeias: readonly ColmeiaOn[], size: number): boolean {
  const peers = peersOf(colmeias)
  const lists = new Set(
    peers.map(({ term, version, members }) => [term, version, ...members.map(({ id }) => id)].join()),
  )
  const ids = new Set(peers.map(({ id }) => id))
  const isClosed = peers.every(({ next, members }) => {
    // Alone it gives its messages to nobody.
    const hasNext = size === 1 ? next === null : next !== null && ids.has(next)
    return members.length === size && members.every(({ id }) => ids.has(id)) && hasNext
  })
  return peers.length === size && lists.size === 1 && isClosed
}

/** Until nobody has anything under way and all have so many; then all have the same in one order. */
async function equal(colmeias: readonly ColmeiaOn[], count: number): Promise<readonly string[]> {
  await until(colmeias, () => peersOf(colmeias).every(({ records, underWay }) => records === count && underWay === 0))
  const nodes = colmeias.flatMap((colmeia) => [...colmeia.facts().keys()].map((node) => ({ colmeia, node })))
  const histories = await Promise.all(nodes.map(({ colmeia, node }) => colmeia.history(node)))
  for (const history of histories) expect(history).toEqual(histories[0])
  return histories[0] ?? []
}

function refused(colmeia: ColmeiaOn, why: string, node: NodeId = one): number {
  return colmeia.facts().get(node)?.refused[why] ?? 0
}

/** A program that speaks the text form and nothing else: says a message to one peer, and to the group where it is. */
function sayPlainly(from: LanHost, to: { readonly host: string; readonly port: number }): Discoverer {
  return discover(
    from,
    `const tcp = require('node:net').connect(${to.port}, '${to.host}')
    tcp.on('error', () => {})
    tcp.end('00000000-0000-4000-8000-000000000001|Zeca|let me in')`,
  )
}

interface Discoverer {
  /** What a leader said to it; null: nothing so far. */
  readonly answer: string | null
  readonly answered: Promise<void>
}

/** Multicasts on the network that leads out, as reference peers do, and waits for an answer until it is ended. */
function discover(from: LanHost, also = ''): Discoverer {
  const program = `
    const udp = require('node:dgram').createSocket('udp4')
    udp.on('message', (answer) => process.stdout.write(answer))
    udp.bind(0, '${from.address}', () => {
      udp.setMulticastInterface('${from.address}')
      udp.send('DISCOVER:${from.address}:9500', 5007, '224.1.1.1')
    })
    ${also}`
  const [ip = '', ...words] = [...from.before, process.execPath, '-e', program]
  const child = spawn(ip, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  stops.add(() => void child.kill())
  let answer: string | null = null
  const answered = new Promise<void>((resolve) => {
    child.stdout.once('data', (bytes: Buffer) => {
      answer = bytes.toString()
      resolve()
    })
  })
  return {
    get answer() {
      return answer
    },
    answered,
  }
}

describe.skipIf(whyNot !== null)(`a ring over a network of hosts${whyNot === null ? '' : ` (${whyNot})`}`, () => {
  it('is one ring over multicast, closes when a cable is pulled, and merges both histories', async () => {
    lan = openLan(3)
    const [a, b, c] = await colmeiasOn(lan)
    const setups = [
      await a.start({ ...ourLan, names: ['Ana', 'Bia'] }),
      await b.start({ ...ourLan, names: ['Caio'] }),
      await c.start({ ...ourLan, names: ['Davi'], interface: null }),
    ]
    expect(setups.map(({ host }) => host)).toEqual(lan.hosts.map(({ address }) => address))
    expect(new Set(setups.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    await until(open, () => areOneRing(open, 4))
    for (const colmeia of open) await colmeia.say(one, `from host ${colmeia.host.number}`)
    expect(await equal(open, 3)).toHaveLength(3)

    lan.unplug(c.host)
    await until(open, () => areOneRing([a, b], 3) && areOneRing([c], 1))
    await a.say(one, 'without you')
    await c.say(one, 'is anybody there?')
    await c.say(one, 'alone, then')
    expect([(await equal([a, b], 4)).length, (await equal([c], 5)).length]).toEqual([4, 5])

    lan.plug(c.host)
    await until(open, () => areOneRing(open, 4))
    expect(await equal(open, 6)).toHaveLength(6)

    const told = c.raised('no-interface')
    lan.unnumber(c.host)
    await told
    await until([a, b], () => areOneRing([a, b], 3))
  })

  it('is met on the network that its user chose where a host has two, and moves with another choice', async () => {
    lan = openLan(3)
    const [first, , third] = lan.hosts as [LanHost, LanHost, LanHost]
    const [firstThere, thirdThere] = lan.addNetwork([first, third])
    const [a, b, c] = await colmeiasOn(lan)
    const there = { ...ourLan, interface: 'eth1' } as const
    const setups = [await a.start({ ...there, names: ['Ana'] }), await c.start({ ...there, names: ['Caio'] })]
    expect(setups.map(({ host }) => host)).toEqual([firstThere, thirdThere])
    // Found by itself: the one that leads out.
    const found = await b.start({ ...ourLan, names: ['Bia'], interface: null })
    expect(found.host).toBe(b.host.address)
    await until(open, () => areOneRing([a, c], 2) && areOneRing([b], 1))
    await a.say(one, 'on the second network')
    expect([(await equal([a, c], 1)).length, (await equal([b], 0)).length]).toEqual([1, 0])

    await a.configure({ interface: 'eth0' })
    await until(open, () => areOneRing([a, b], 2) && areOneRing([c], 1))
    expect(await equal([a, b], 1)).toHaveLength(1)
  })

  it('keeps strangers out and counts them: another phrase, and programs of the text form', async () => {
    lan = openLan(3)
    const [a, b, stranger] = await colmeiasOn(lan)
    await a.start({ ...ourLan, names: ['Ana'] })
    await b.start({ ...ourLan, names: ['Bia'] })
    const another = { from: 'phrase', phrase: 'doze abelhas na janela' } as const
    await stranger.start({ ...ourLan, names: ['Eva'], key: another, textsFrom: 'nobody' })
    await until(open, () => areOneRing([a, b], 2) && areOneRing([stranger], 1))
    await until(open, () => [a, b, stranger].every((colmeia) => refused(colmeia, 'wrong-key') > 0))

    const at = { host: a.host.address, port: Number(a.facts().get(one)?.id.split(':')[1]) }
    const plain = sayPlainly(stranger.host, at)
    await until([a], () => refused(a, 'texts-not-allowed') >= 2)
    expect([areOneRing([a, b], 2), areOneRing([stranger], 1)]).toEqual([true, true])
    expect(await equal([a, b], 0)).toEqual([])
    expect(plain.answer).toBeNull()

    // The user's word lets them in, and only then.
    await a.configure({ textsFrom: 'everybody' })
    await until([a, b], () => areOneRing([a, b], 2))
    sayPlainly(stranger.host, at)
    expect(await equal([a, b], 1)).toHaveLength(1)
  })

  it('beside reference peers is met on the network that leads out, from the same machine only', async () => {
    lan = openLan(2)
    const [here, there] = lan.hosts as [LanHost, LanHost]
    const cli = openCli()
    stops.add(() => cli.close())
    const ana = cli.run(['ring', '--name', 'Ana', '--reach', 'beside'], here.before)
    await ana.said('in a ring of 1')
    const foreign = discover(there)
    const beside = discover(
      here,
      `require('node:net').createServer((it) => it.resume()).listen(9500, '${here.address}')`,
    )
    await beside.answered
    expect(beside.answer).toMatch(/^JOIN\|127\.0\.0\.1:9001\|127\.0\.0\.1:9001$/)
    await ana.said(/10\.77\.0\.1:9500 is in the ring/)
    // Asked before it, and heard by nobody.
    expect(foreign.answer).toBeNull()
  })
})
