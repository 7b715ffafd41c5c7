import { afterEach, describe, expect, it } from 'vitest'
import { Dealer, Router, Subscriber, XPublisher } from 'zeromq'
import {
  accountAnswer,
  accountPublication,
  type Codec,
  type CourseAsk,
  type CourseReply,
  courseAnswer,
  coursePublication,
  courseRequest,
  type ForeignRequest,
  judge,
  readPublication,
  readReply,
  readRequest,
  refusalAnswer,
} from './index.ts'
import { ForeignProgram, python } from './testing/foreign-program.ts'

const stamp = { atMs: 1_795_225_158_250, clock: 41 }
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function closed<Socket extends { close(): void; linger: number }>(socket: Socket): Socket {
  socket.linger = 0
  closing.push(() => socket.close())
  return socket
}

async function bound(socket: Dealer | Router | Subscriber | XPublisher): Promise<string> {
  await socket.bind('tcp://127.0.0.1:*')
  return socket.lastEndpoint ?? ''
}

function started(script: 'foreign_client.py' | 'foreign_server.py', options: Record<string, string>): ForeignProgram {
  const program = new ForeignProgram(script, options)
  closing.push(() => program.end())
  return program
}

/** Takes one request as a broker does, answers it, and says what it was and whether it broke a rule. */
async function answerOne(router: Router, answer: (request: ForeignRequest) => Uint8Array) {
  const [from = '', empty = '', ...frames] = await router.receive()
  const request = readRequest(frames)
  const payload = answer(request)
  await router.send([from, empty, payload])
  const { findings } = judge({ at: 'broker', frames, answer: payload, clockBefore: null })
  return { request, broken: findings.filter(({ isKept }) => !isKept) }
}

const codecs: readonly Codec[] = ['json', 'messagepack']

describe.skipIf(python === null)(
  'programs in Python (skipped without python3-zmq and python3-msgpack of Debian)',
  () => {
    it.each(codecs)('DC8 DC15 DC20 a client of the course asks and hears in %s', async (codec) => {
      const router = closed(new Router())
      const publisher = closed(new XPublisher())
      const addresses = { ask: await bound(router), hear: await bound(publisher) }
      const client = started('foreign_client.py', { dialect: 'course', codec, ...addresses })

      const reply = client.say({ service: 'publish', data: { user: 'ana', channel: 'geral', message: 'olá' } })
      const { request, broken } = await answerOne(router, (asked) =>
        asked.kind === 'course' ? courseAnswer(asked.form, { kind: 'said' }, stamp) : new Uint8Array(),
      )
      expect(broken).toEqual([])
      const ask = { kind: 'publish', user: 'ana', channel: 'geral', message: 'olá' }
      expect(request).toMatchObject({ ask, form: { codec, dialect: 'course' } })
      const data = { status: 'OK', timestamp: 1_795_225_158.25, clock: 41 }
      expect(await reply).toEqual({ reply: { service: 'publish', data } })

      const welcomed = client.say({ follow: 'geral' })
      expect(await welcomed).toEqual({ following: 'geral' })
      const said = { kind: 'publish', from: 'bia', to: 'geral', text: 'oi 🐝', origin: 's1', ...stamp } as const
      const { topic, payload } = coursePublication(codec, said)
      const heard = client.next()
      await publisher.receive()
      await publisher.send([topic, payload])
      expect(await heard).toMatchObject({
        heard: ['geral', { type: 'publish', channel: 'geral', message: 'oi 🐝', clock: 41 }],
      })
    })

    it('DC9 DC19 DC21 a client of the account chat asks and hears', async () => {
      const router = closed(new Router())
      const publisher = closed(new XPublisher())
      const addresses = { ask: await bound(router), hear: await bound(publisher) }
      const client = started('foreign_client.py', { dialect: 'account', codec: 'json', ...addresses })

      const reply = client.say({ service: 'login', data: { user: 'ana', senha: 'segredo' } })
      const { request, broken } = await answerOne(router, (asked) =>
        asked.kind === 'account'
          ? accountAnswer(asked.form, { kind: 'logged-in', token: 't', user: 'ana' }, stamp)
          : new Uint8Array(),
      )
      expect(broken).toEqual([])
      expect(request).toMatchObject({ ask: { kind: 'login', user: 'ana', password: 'segredo' } })
      expect(await reply).toEqual({ reply: { status: 'OK', token: 't', user: 'ana', lamport_clock: 41 } })

      const refused = client.say({ service: 'dancaMuito', data: {} })
      await answerOne(router, (asked) =>
        asked.kind === 'refused' ? refusalAnswer(asked.form, asked.why, stamp) : new Uint8Array(),
      )
      const message = "Servico 'dancaMuito' nao reconhecido."
      expect(await refused).toEqual({ reply: { status: 'ERRO', message, lamport_clock: 41 } })

      await client.say({ follow: 'ana' })
      const said = { kind: 'message', from: 'bia', to: 'ana', text: 'oi', origin: 's1', ...stamp } as const
      const { topic, payload } = accountPublication(said)
      const heard = client.next()
      await publisher.receive()
      await publisher.send([topic, payload])
      expect(await heard).toMatchObject({ heard: ['ana', { from: 'bia', message: 'oi', lamport_clock: 41 }] })
    })

    it.each(codecs)('DC18 DC24 DC26 a server of the course is ranked, asked and heard in %s', async (codec) => {
      const reference = closed(new Router())
      const broker = closed(new Dealer())
      const proxy = closed(new Subscriber())
      proxy.subscribe()
      // From the start: a subscriber that does not listen does not tell a new publisher what it wants either.
      const topics = heardTopics(proxy, { kind: 'message', from: 'bia', to: 'ana', text: 'oi' })
      const server = started('foreign_server.py', {
        ...{ name: 'deles', codec, reference: await bound(reference) },
        ...{ serve: await bound(broker), publish: await bound(proxy) },
      })
      const servers = [{ name: 'deles', rank: 4, lastBeatMs: 0 }]
      await answerOne(reference, (asked) =>
        asked.kind === 'course' ? courseAnswer(asked.form, { kind: 'rank', rank: 4 }, stamp) : new Uint8Array(),
      )
      expect(await server.next()).toMatchObject({ rank: { rank: 4 } })
      await answerOne(reference, (asked) =>
        asked.kind === 'course' ? courseAnswer(asked.form, { kind: 'list', servers }, stamp) : new Uint8Array(),
      )
      const list = codec === 'json' ? { deles: { rank: 4, last_beat: 0 } } : [{ name: 'deles', rank: 4 }]
      expect(await server.next()).toMatchObject({ servers: { list } })

      const asks = [
        { kind: 'login', user: 'ana' },
        { kind: 'message', src: 'ana', dst: 'ninguem', message: 'oi' },
        { kind: 'message', src: 'bia', dst: 'ana', message: 'oi' },
      ] as const
      const replies = []
      for (const ask of asks) replies.push(await askServer(broker, codec, ask))
      expect(replies.map((reply) => reply?.isRefused)).toEqual([false, true, false])

      // What was published before the subscription had come is lost, and nobody can tell: it is said until it is heard.
      let isHeard = false
      void topics.then(() => {
        isHeard = true
      })
      while (!isHeard) await askServer(broker, codec, asks[2])
      expect(await topics).toEqual(new Set(['ana', 'replica']))
    })
  },
)

/** As a broker asks a server that serves; no rule is broken. */
async function askServer(broker: Dealer, codec: Codec, ask: CourseAsk): Promise<CourseReply | null> {
  const request = courseRequest(codec, ask, stamp)
  await broker.send(['', request])
  const [, ...frames] = await broker.receive()
  const { findings } = judge({ at: 'server', frames, request, clockBefore: null })
  expect(findings.filter(({ isKept }) => !isKept)).toEqual([])
  return readReply(frames[0] ?? new Uint8Array())
}

/** Until the same has been heard on two topics. */
async function heardTopics(proxy: Subscriber, operation: object): Promise<ReadonlySet<string>> {
  const topics = new Set<string>()
  while (topics.size < 2) {
    const [topic = new Uint8Array(), payload = new Uint8Array()] = await proxy.receive()
    expect(readPublication(topic.toString(), payload)).toMatchObject({ kind: 'said', operation })
    topics.add(topic.toString())
  }
  return topics
}
