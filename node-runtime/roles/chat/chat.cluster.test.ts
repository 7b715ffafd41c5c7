import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeChatEvent } from '#cores/chat/index'
import type { ChatEvent } from '#cores/chat/messages'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { Stop } from '#kit/stop-stack'
import { pidOf } from '#supervisor/testing/real-lab'
import { openCourseProgram } from './testing/course-program.ts'
import type { NativeGuest } from './testing/native-guest.ts'
import { RealChat } from './testing/real-chat.ts'
import { RealLoad } from './testing/real-load.ts'

/** `COLMEIA_KILLS=100` for the long one. */
const kills = Number(process.env.COLMEIA_KILLS ?? 6)
/** What must be acknowledged between two kills. */
const messagesPerKill = 25
const kinds = ['leader', 'server', 'broker', 'proxy', 'reference', 'bot'] as const

let chat: RealChat
afterEach(() => chat.close())

describe('a chat of real processes', () => {
  it('comes up with a leader, and whoever is killed comes back', { timeout: 240_000 }, async () => {
    chat = await RealChat.open()
    const first = await chat.leader()
    await chat.lab.until(() => chat.facts(chat.node('reference'), 'reference')?.servers.length === 3)
    for (const kind of ['broker', 'proxy', 'reference', 'bot-1']) chat.kill(chat.node(kind))
    chat.kill(first.id)
    const next = await chat.lab.until(() => {
      const leader = chat.leaderNow()
      return leader?.id === first.id ? null : leader
    })
    expect(next.view?.leadership?.term).toBeGreaterThan(first.view?.leadership?.term ?? 0)
    // The bots talk again, through the new broker, to the new leader.
    const said = (): number => chat.facts(chat.node('bot-1'), 'bot')?.said ?? 0
    await chat.lab.until(() => said() > 0)
    await chat.lab.until(() => chat.facts(chat.node('proxy'), 'proxy')?.forwards.every((one) => one.isForwarding))
    // The highest server leads again in the end: it is the favourite.
    await chat.lab.until(() => chat.leaderNow()?.id === chat.node('server-3'))
    expect(chat.lab.problems).toEqual([])
  })

  it('hears whoever begins anew, however high a program has made all others count', async () => {
    chat = await RealChat.open({ isQuiet: true })
    const program = await openCourseProgram(chat.address('clients'), 'json')
    const leaps = [1, 2, 3].map((times) => times * 2 ** 40)
    for (const clock of leaps) await program.ask({ kind: 'login', user: 'ana' }, clock)
    for (const name of ['broker', 'server-3', 'server-1']) {
      const before = pidOf(chat.lab.node(chat.node(name)))
      chat.kill(chat.node(name))
      await chat.lab.until(() => {
        const { state } = chat.lab.node(chat.node(name))
        return state.kind === 'running' && state.pid !== before
      })
      const reply = await program.ask({ kind: 'publish', user: 'ana', channel: 'general', message: `after ${name}` })
      expect(reply, name).toMatchObject({ isRefused: false })
    }
    await program.close()
  })

  it('lets no program or desk hear of it when another server comes to lead in order', async () => {
    chat = await RealChat.open({ isQuiet: true })
    const guest = await chat.guest('ana')
    await guest.does({ kind: 'join', channel: 'general' })
    const program = await openCourseProgram(chat.address('clients'), 'json')
    await program.ask({ kind: 'login', user: 'bia' })
    const wrong: unknown[] = []
    let isOver = false
    const talking = Promise.all([
      (async () => {
        while (!isOver) {
          const reply = await program.ask({ kind: 'publish', user: 'bia', channel: 'general', message: 'oi' })
          if (reply?.isRefused !== false) wrong.push(reply)
        }
      })(),
      (async () => {
        const what = { kind: 'say', to: { kind: 'channel', name: 'general' }, text: 'oi', replyTo: null } as const
        while (!isOver) {
          const id = randomBytes(16).toString('hex')
          const deed = { id, actor: null, what: { ...what, through: 'native' } } as const
          const said = await guest.askOnce({ kind: 'act', token: guest.token, deed }, id, 10_000)
          if (said?.kind !== 'outcome') wrong.push(said)
        }
      })(),
    ])
    try {
      for (let change = 0; change < 4; change += 1) await handOver()
    } finally {
      isOver = true
      await talking
      await program.close()
    }
    expect(wrong).toEqual([])
  })

  const title = `loses nothing and doubles nothing in ${kills} kills, and has one order for all`
  it(title, { timeout: 120_000 + kills * 10_000 }, async () => {
    chat = await RealChat.open({ kills })
    const guests = [await chat.guest('ana'), await chat.guest('bia')]
    const heard = guests.map((guest) => new Heard(guest))
    const load = new RealLoad(chat, guests)
    const random = new Random(process.env.COLMEIA_SEED ?? 'kills')
    let round: (typeof kinds)[number][] = []
    for (let kill = 0; kill < kills; kill += 1) {
      await load.further(messagesPerKill)
      if (round.length === 0) round = [...kinds]
      const [kind = 'leader'] = round.splice(random.below(round.length), 1)
      chat.kill(await victim(kind, random))
    }
    await load.further(messagesPerKill)
    await load.stop()
    const { wrong, finals } = await load.judged()
    expect(wrong).toEqual([])
    const files = await chat.settled()
    const published = files.find(({ name }) => name === 'publications.jsonl')?.text ?? ''
    for (const text of [...finals.values()].flat()) expect(published.split(`"message":"${text}"`).length).toBe(2)
    // Bots talk on: what comes after the files were read is in nothing of what is compared.
    for (const one of heard) await one.stop()
    const kept = new Map<string, string>()
    for (const channel of finals.keys()) {
      for (const [name, bytes] of await eventsOf(guests[0]!, channel)) kept.set(name, bytes)
    }
    for (const one of heard) {
      // All but what was published while the proxy was away.
      expect(one.among(kept)).toBeGreaterThan(kept.size * 0.5)
      expect(one.wrong).toEqual([])
    }
    expect(chat.lab.problems).toEqual([])
  })
})

/** To whoever comes next, or to the favourite, if that is quicker: on a busy machine the first attempt may come to nothing. */
async function handOver(): Promise<void> {
  const leader = (await chat.leader()).id
  const to = chat.servers[(chat.servers.indexOf(leader) + 1) % chat.servers.length] ?? leader
  const changed = chat.lab.until(() => chat.leaderNow() !== null && chat.leaderNow()?.id !== leader)
  for (let isChanged = false; !isChanged; ) {
    await chat.lab.supervisor.ask(leader, { kind: 'hand-over', to })
    isChanged = await Promise.race([
      changed.then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, 2_000, false)),
    ])
  }
}

/** A majority of the servers stays: without one there is nothing to see but waiting. */
async function victim(kind: (typeof kinds)[number], random: Random): Promise<NodeId> {
  if (kind !== 'leader' && kind !== 'server') {
    const id = chat.node(kind === 'bot' ? 'bot-1' : kind)
    await chat.lab.until(() => chat.isRunning(id))
    return id
  }
  await chat.lab.until(() => chat.servers.every((id) => chat.isRunning(id)))
  const leader = (await chat.leader()).id
  return kind === 'leader' ? leader : random.pick(chat.servers.filter((id) => id !== leader))
}

/** What a guest was told of channels of the load: the event of a feed with a number, as bytes. */
class Heard {
  readonly wrong: string[] = []
  readonly stop: Stop
  readonly #events = new Map<string, string>()

  constructor(guest: NativeGuest) {
    this.stop = guest.hear('c:k', (event) => {
      const name = nameOf(event)
      const bytes = toHex(encodeChatEvent(event))
      if ((this.#events.get(name) ?? bytes) !== bytes) this.wrong.push(`${name} was told in two ways`)
      this.#events.set(name, bytes)
    })
  }

  /** Of those that there are: how many it was told, and each as it is kept. */
  among(kept: ReadonlyMap<string, string>): number {
    for (const [name, bytes] of this.#events) {
      const what = kept.get(name)
      if (what !== bytes) this.wrong.push(`${name} is kept otherwise: ${what}, told as ${bytes}`)
    }
    return this.#events.size
  }
}

function nameOf({ feed, number }: ChatEvent): string {
  return `${feed} ${number}`
}

async function eventsOf(guest: NativeGuest, channel: string): Promise<readonly (readonly [string, string])[]> {
  const feed = `c:${channel}`
  const answer = await guest.query({ kind: 'events', as: null, feed, after: 0, limit: 500 })
  const events = answer?.events ?? []
  expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1))
  return events.map((event) => [nameOf(event), toHex(encodeChatEvent(event))])
}
