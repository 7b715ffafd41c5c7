import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Dealer, Publisher, Request } from 'zeromq'
import type { ForeignPage } from '#contract/worker/chat'
import { courseRequest, readReply } from '#dialects/chat/index'
import { encodeText } from '#kit/bytes'
import type { NativeGuest } from './testing/native-guest.ts'
import { RealChat } from './testing/real-chat.ts'

let chat: RealChat
let guest: NativeGuest
let pids: string
const closing: (() => unknown)[] = []

const pidsNow = (): string =>
  chat.lab
    .nodes()
    .map((node) => ('pid' in node.state ? node.state.pid : 0))
    .join()
const refused = (): number => chat.facts(chat.node('broker'), 'broker')?.refused ?? 0

beforeAll(async () => {
  chat = await RealChat.open({ isQuiet: true })
  await chat.leader()
  guest = await chat.guest('gil')
  for (const channel of ['general', 'dev']) await guest.does({ kind: 'join', channel })
  pids = pidsNow()
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  // Whatever came, nobody has died of it, and whoever is well behaved is served.
  expect(await asked({ kind: 'login', user: 'ana' })).toMatchObject({ isRefused: false, why: null })
  expect(pidsNow()).toBe(pids)
})
afterAll(() => chat.close())

function requester(address: string, receiveTimeout = 5_000): Request {
  const socket = new Request({ linger: 0, receiveTimeout })
  socket.connect(address)
  closing.push(() => socket.close())
  return socket
}

async function asked(ask: Parameters<typeof courseRequest>[1], at = 'clients') {
  const socket = requester(chat.address(at))
  await socket.send(courseRequest('json', ask, { atMs: Date.now(), clock: 1 }))
  const [answer] = await socket.receive()
  return answer === undefined ? null : readReply(answer)
}

/** What a program may put on the wire. */
const payloads: readonly (readonly [string, Uint8Array])[] = [
  ['a list', encodeText('[1,2,3]')],
  ['a map of nothing', encodeText('{}')],
  ['an unknown service', encodeText('{"service":"dance","data":{}}')],
  ['a service that is a list', encodeText('{"service":["login"],"data":{}}')],
  ['data that is a text', encodeText('{"service":"login","data":"ana"}')],
  ['a user that is a map', encodeText('{"service":"login","data":{"user":{"$ne":null}}}')],
  ['letters that are none', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)],
  ['a claim of four billion', Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff)],
  ['a map that is cut', Uint8Array.of(0x82, 0xa7, 0x73)],
  ['maps in maps', encodeText('{"service":'.repeat(5_000))],
  ['names of the engine', encodeText('{"service":"__proto__","data":{"constructor":1}}')],
  [
    'a token of no algorithm',
    encodeText(
      '{"service":"publish","data":{"token":"eyJhbGciOiJub25lIn0.eyJ1c2VyIjoiZ2lsIn0.","channel":"general","message":"x"}}',
    ),
  ],
  ['a name that is a topic of others', encodeText('{"service":"login","data":{"user":"replica"}}')],
  [
    'a name of a protected user',
    encodeText('{"service":"publish","data":{"user":"gil","channel":"general","message":"x"}}'),
  ],
  ['nothing', new Uint8Array(0)],
  ['ten megabytes of text', new Uint8Array(10 * 1024 * 1024).fill(0x20)],
  ['ten megabytes of zeros', new Uint8Array(10 * 1024 * 1024)],
]

const isOneFrame = ({ at, from, rules }: ForeignPage['events'][number]): boolean =>
  at === 'publication' &&
  from.startsWith('{"channel"') &&
  rules.some(({ rule, isKept }) => rule === 'frames' && !isKept)

describe('whoever comes to a chat of real processes', () => {
  it.each(payloads)('with %s is refused in so many words, or dropped and counted', async (_, payload) => {
    for (const name of ['clients', 'ranks']) {
      const before = refused()
      const socket = requester(chat.address(name), 700)
      await socket.send(payload)
      const reply = await socket.receive().then(
        ([answer]) => answer ?? null,
        () => null,
      )
      if (reply !== null) expect(JSON.stringify(readReply(reply)) + reply.toString()).toMatch(/erro/i)
      else if (name === 'clients') await chat.lab.until(() => refused() > before)
    }
  })

  it('with frames of twenty megabytes loses its connection, and nobody else', async () => {
    for (const name of ['clients', 'ranks']) {
      const large = new Dealer({ linger: 0, reconnectInterval: 10_000 })
      closing.push(() => large.close())
      const ended = new Promise<void>((resolve) => large.events.on('disconnect', () => resolve()))
      large.connect(chat.address(name))
      await large.send(['', new Uint8Array(20 * 1024 * 1024)])
      await ended
    }
  })

  it('a thousand at a time and says nothing keeps nobody out', async () => {
    const idle: Socket[] = []
    closing.push(() => {
      for (const socket of idle) socket.destroy()
    })
    for (const name of ['clients', 'ranks', 'course-from', 'course-to', 'account-to', 'native-from', 'native-to']) {
      const { hostname: host, port } = new URL(chat.address(name))
      const some = Array.from({ length: name === 'clients' ? 1_000 : 100 }, () => connect(Number(port), host))
      idle.push(...some)
      await Promise.all(some.map((socket) => once(socket, 'connect')))
    }
    expect(await asked({ kind: 'users' })).toMatchObject({ isRefused: false })
    expect(await asked({ kind: 'list' }, 'ranks')).toMatchObject({ isRefused: false })
    await guest.does({
      kind: 'say',
      to: { kind: 'channel', name: 'general' },
      text: 'oi',
      replyTo: null,
      through: 'native',
    })
  })

  it('and publishes without a key of the lab is heard by nobody who has one', async () => {
    const heard: string[] = []
    closing.push(guest.hear('c:general', ({ what }) => what.kind === 'message' && heard.push(what.message.text)))
    const strangers = ['native-from', 'course-from', 'account-from'].map((name) => {
      const socket = new Publisher({ linger: 0 })
      socket.connect(chat.address(name))
      closing.push(() => socket.close())
      return socket
    })
    const say = (text: string) =>
      guest.does({ kind: 'say', to: { kind: 'channel', name: 'general' }, text, replyTo: null, through: 'native' })
    while (!heard.includes('last')) {
      for (const socket of strangers) {
        await socket.send(['c:general\u0001', encodeText('forged')])
        await socket.send([Buffer.from([0xff, 0xfe]), new Uint8Array(0)])
        await socket.send(['general', new Uint8Array(1024 * 1024)])
      }
      await say('last')
    }
    expect(new Set(heard)).toEqual(new Set(['last']))
  })

  it('and publishes all in one frame is told which rule that breaks', async () => {
    const socket = new Publisher({ linger: 0 })
    socket.connect(chat.address('course-from'))
    closing.push(() => socket.close())
    const judged = async (): Promise<ForeignPage> => {
      await socket.send(['{"channel":"general","message":"oi"}'])
      const page = await chat.lab.supervisor.ask(chat.node('proxy'), { kind: 'foreign', after: 0, limit: 200 })
      return (page.ok ? page.value : null) as ForeignPage // its request has this answer
    }
    // Whoever has just come is not heard at once.
    for (let page = await judged(); !page.events.some(isOneFrame); ) page = await judged()
  })

  it('and asks the same again under its id has asked once', async () => {
    const id = 'ab'.repeat(16)
    const what = {
      kind: 'say',
      to: { kind: 'channel', name: 'general' },
      text: 'once',
      replyTo: null,
      through: 'native',
    } as const
    const outcomes = [
      await guest.act(what, id),
      await guest.act(what, id),
      await guest.act({ ...what, text: 'twice' }, id),
    ]
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done-before', 'done-before'])
    const forged = {
      kind: 'act',
      token: `${guest.token.slice(0, -4)}AAAA`,
      deed: { id: 'cd'.repeat(16), actor: 'gil', what },
    } as const
    expect(await guest.ask(forged)).toMatchObject({ kind: 'failed', failure: { code: 'not-signed-in' } })
    const page = { conversation: 'c:general', from: 0, order: 'up', limit: 500 } as const
    const found = await guest.query({ kind: 'history', as: null, ...page })
    expect(found?.messages.filter(({ text }) => text === 'once' || text === 'twice')).toHaveLength(1)
  })

  it('and asks as fast as it can lets others wait hardly longer', async () => {
    await slowTenth()
    for (const kind of ['users', 'publish', 'garbage']) {
      const [calmMs, floodedMs]: [number[], number[]] = [[], []]
      for (let round = 0; round < rounds; round += 1) {
        calmMs.push(await slowTenth())
        const stop = await flood(kind)
        floodedMs.push(await slowTenth())
        await stop()
      }
      // Twice is what is promised, and what the bench shows; beside other tests the flood also takes what they leave.
      expect(Math.min(...floodedMs), kind).toBeLessThan(4 * Math.max(...calmMs))
    }
  })
})

async function flood(kind: string): Promise<() => Promise<void>> {
  const child = fork(fileURLToPath(new URL('testing/flood.ts', import.meta.url)), [chat.address('clients'), kind])
  await once(child, 'message')
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

const rounds = 2
const says = 80

/** Of what somebody says natively, one thing after the other. */
/** What one of ten waits at least. Of so few the slowest hundredth is one, and the machine's: the bench has that. */
async function slowTenth(): Promise<number> {
  const tookMs: number[] = []
  for (let said = 0; said < says; said += 1) {
    const beganMs = performance.now()
    await guest.does({
      kind: 'say',
      to: { kind: 'channel', name: 'dev' },
      text: 'oi',
      replyTo: null,
      through: 'native',
    })
    tookMs.push(performance.now() - beganMs)
  }
  return tookMs.toSorted((a, b) => a - b)[Math.floor(says * 0.9)] ?? 0
}
