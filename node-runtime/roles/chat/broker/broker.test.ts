import { describe, expect, it } from 'vitest'
import type { ForeignPage } from '#contract/worker/chat'
import { courseRequest, readReply } from '#dialects/chat/index'
import { type NodeId, nodeId } from '#kit/ids'
import { startChatBroker } from '../../chat-broker.ts'
import { PlainNode } from '../../plain-node.ts'
import type { RoleStart } from '../../role.ts'
import { type AnswerBody, decodeAnswerBody } from '../answer-bodies.ts'
import { encodeAskBody } from '../ask-bodies.ts'
import { chatWire, decodeAnswer, encodeAsk } from '../ask-codec.ts'
import { type Direction, direction, fakeServer } from '../testing/fake-server.ts'
import { broker, foreignServersAt, PlainChat, program, servers } from '../testing/plain-chat.ts'
import { openLimits } from './open-requests.ts'

const [one, two, three] = servers as [(typeof servers)[number], (typeof servers)[number], (typeof servers)[number]] // three
const desk = nodeId('desk')

function chat(
  of: Direction,
  more: Readonly<Record<string, RoleStart>> = {},
  profile: 'leader' | 'everyone' = 'leader',
) {
  const server = fakeServer(of)
  return new PlainChat({ [broker]: startChatBroker, [one]: server, [two]: server, [three]: server, ...more }, profile)
}

/** Asks over the wire as a desk does, and keeps what it is told. */
function deskRole(heard: { readonly ref: number; readonly body: AnswerBody | null }[]) {
  const own: { ask: (ref: number, id: string) => void } = { ask: () => {} }
  const start: RoleStart = (plan, ports) => {
    const node = new PlainNode(plan, ports)
    node.post.read([chatWire.answer], ({ body }) => {
      const answer = decodeAnswer(body)
      if (answer !== null) heard.push({ ref: answer.ref, body: decodeAnswerBody(answer.body) })
      return null
    })
    own.ask = (ref, id) => {
      const body = encodeAskBody({ kind: 'here', token: 'token' })
      node.post.send(broker, { kind: chatWire.ask, body: encodeAsk({ ref, id, from: 'window-1', body }), cause: null })
    }
    return {
      facts: () => node.facts(),
      setFaults: () => {},
      answer: () => {},
      stop: () => {},
    }
  }
  return { own, start }
}

const foreign = (all: PlainChat): ForeignPage => {
  const result = all.request(broker, { kind: 'foreign', after: 0, limit: 100 })
  if (result?.ok !== true) throw new Error('no page')
  return result.value as ForeignPage // its request has this answer
}

describe('the broker, where one leads', () => {
  it('finds who leads, and asks it at once from then on', () => {
    const of = direction(three)
    const all = chat(of)
    expect(all.ask({ kind: 'channels' })?.channels).toEqual(['general'])
    expect(of.asked.map(({ server }) => server)).toEqual([one, three])
    all.ask({ kind: 'users' })
    expect(of.asked.at(-1)?.server).toBe(three)
    expect(all.facts(broker, 'broker')).toMatchObject({ open: 0, answered: 2, resent: 1, clients: 1, refused: 0 })
  })

  it('asks the next leader under the same id when the leader is gone', () => {
    const of = direction(three)
    const all = chat(of)
    all.ask({ kind: 'users' })
    all.kill(three)
    const waiting = all.begin(courseRequest('json', { kind: 'channels' }, { atMs: 0, clock: 1 }), 'broker', 60_000)
    all.hosts.run(300)
    of.leader = two
    all.hosts.until(() => waiting.result !== null)
    expect(waiting.result).toMatchObject({ ok: true })
    const ids = new Set(of.asked.slice(2).map(({ id }) => id))
    expect(ids.size).toBe(1)
    expect(of.asked.at(-1)?.server).toBe(two)
  })

  it('lets a program wait while nobody leads, and says so in the end', () => {
    const of = direction(null)
    const all = chat(of)
    expect(all.ask({ kind: 'channels' })).toMatchObject({ isRefused: true, why: expect.stringContaining('nenhum') })
    expect(all.host(program).clock.now()).toBeGreaterThanOrEqual(openLimits.keptMs)
    expect(all.facts(broker, 'broker')).toMatchObject({ open: 0, refused: 1 })
  })

  it('forgets what is open when it dies, and serves whoever asks again', () => {
    const of = direction(one)
    const all = chat(of)
    of.silent.add(one)
    const lost = all.begin(courseRequest('json', { kind: 'users' }, { atMs: 0, clock: 1 }), 'broker', 2_000)
    all.hosts.run(100)
    all.kill(broker)
    all.hosts.until(() => lost.result !== null)
    expect(lost.result).toMatchObject({ ok: false, failure: { code: 'timed-out' } })
    of.silent.clear()
    all.start(broker)
    expect(all.ask({ kind: 'users' })).toMatchObject({ users: [] })
  })

  it('takes no answer to what was open when it died for one to what is open now', () => {
    const { own, start } = deskRole([])
    const all = chat(direction(one), { [desk]: start })
    all.hosts.latencyMs = () => 40
    own.ask(41, 'ab'.repeat(16))
    all.hosts.run(60)
    all.kill(broker)
    all.start(broker)
    expect(all.ask({ kind: 'channels' })?.channels).toEqual(['general'])
  })

  it('answers a desk under its own number, and says which window asked', () => {
    const heard: { readonly ref: number; readonly body: AnswerBody | null }[] = []
    const { own, start } = deskRole(heard)
    const of = direction(one)
    const all = chat(of, { [desk]: start })
    own.ask(41, 'ab'.repeat(16))
    all.hosts.until(() => heard.length > 0)
    expect(heard).toEqual([{ ref: 41, body: { kind: 'done' } }])
    expect(of.asked).toEqual([{ server: one, id: 'ab'.repeat(16), from: 'desk/window-1' }])
  })

  it('has one request of a desk that asks the same again, and answers under the newest number', () => {
    const heard: { readonly ref: number; readonly body: AnswerBody | null }[] = []
    const { own, start } = deskRole(heard)
    const of = direction(one)
    const all = chat(of, { [desk]: start })
    of.says = { kind: 'failed', failure: { code: 'timed-out', message: '' } }
    for (const ref of [1, 2, 3]) own.ask(ref, 'ab'.repeat(16))
    all.hosts.until(() => of.asked.length > 0)
    expect(all.facts(broker, 'broker')).toMatchObject({ open: 1 })
    of.says = { kind: 'done' }
    all.hosts.until(() => heard.length > 0)
    expect(heard.map(({ ref }) => ref)).toEqual([3])
    own.ask(4, 'ab'.repeat(16))
    all.hosts.until(() => heard.length === 2)
    expect(heard.at(-1)?.ref).toBe(4)
  })

  it('tells a desk what it can do nothing about, unless the outcome is unknown', () => {
    const heard: { readonly ref: number; readonly body: AnswerBody | null }[] = []
    const { own, start } = deskRole(heard)
    const of = direction(one)
    const all = chat(of, { [desk]: start })
    of.says = { kind: 'failed', failure: { code: 'disk-full', message: '' } }
    own.ask(1, '01'.repeat(16))
    all.hosts.until(() => heard.length === 1)
    of.says = { kind: 'failed', failure: { code: 'timed-out', message: '' } }
    own.ask(2, '02'.repeat(16))
    all.hosts.run(500)
    expect(heard).toHaveLength(1)
    of.says = { kind: 'done' }
    all.hosts.until(() => heard.length === 2)
    expect(heard.map(({ body }) => body?.kind)).toEqual(['failed', 'done'])
  })

  it('answers itself what is no request, in the codec in which it came, and drops what has none', () => {
    const of = direction(one)
    const all = chat(of)
    const broken = all.askBytes(new TextEncoder().encode('{"service":'))
    expect(readReply(broken ?? new Uint8Array(0))).toMatchObject({ isRefused: true })
    expect(all.askBytes(new Uint8Array([1, 2, 3]), 'broker', 500)).toBeNull()
    expect(of.asked).toEqual([])
    expect(all.facts(broker, 'broker').refused).toBe(2)
  })

  it('shows what programs sent, and which rule each message breaks', () => {
    const all = chat(direction(one))
    all.ask({ kind: 'channels' })
    all.askBytes(new TextEncoder().encode('{"service":"login","data":{"user":"ana"}}'))
    const page = foreign(all)
    expect(page).toMatchObject({ last: 2, skipped: 0, addresses: [{ name: 'clients' }] })
    expect(page.events.map(({ service, codec }) => [service, codec])).toEqual([
      ['channels', 'messagepack'],
      ['login', 'json'],
    ])
    expect(page.events[0]?.answer).toContain('general')
    expect(page.events[1]?.rules).toContainEqual({ rule: 'timestamp', isKept: false, detail: '' })
  })
})

describe('the broker, where everyone answers', () => {
  it('gives each server its turn, foreign ones as well, and passes on what those say', () => {
    const of = direction(null)
    const all = chat(of, {}, 'everyone')
    all.room.serve(foreignServersAt, () => '{"service":"users","data":{"users":["foreign"],"timestamp":1,"clock":3}}')
    all.hosts.until(() => all.facts(broker, 'broker').foreignServers === 1)
    const said = [1, 2, 3, 4].map(() => all.ask({ kind: 'users' })?.users)
    expect(said).toEqual([[], [], [], ['foreign']])
    expect(of.asked.map(({ server }) => server)).toEqual([one, two, three])
    expect(foreign(all).events.map((event) => event.at)).toContain('server')
  })

  it('asks nobody twice', () => {
    const of = direction(null)
    const all = chat(of, {}, 'everyone')
    of.silent.add(one)
    expect(all.ask({ kind: 'users' })).toMatchObject({ isRefused: true, why: expect.stringContaining('não se sabe') })
    expect(of.asked).toHaveLength(1)
  })

  it('knows who is away, also when nothing was open as that one went', () => {
    const of = direction(null)
    of.silent.add(two)
    const away = new Set<NodeId>()
    const seesWhoIsAway: RoleStart = (plan, ports) => {
      const { wire } = ports
      const links = () => wire.links().map((link) => ({ ...link, isConnected: !away.has(link.peer) }))
      const seeing = { links, send: wire.send.bind(wire), flush: wire.flush.bind(wire), listen: wire.listen.bind(wire) }
      return startChatBroker(plan, { ...ports, wire: seeing })
    }
    const all = chat(of, { [broker]: seesWhoIsAway }, 'everyone')
    away.add(two)
    all.hosts.run(100)
    for (let count = 0; count < 3; count += 1) expect(all.ask({ kind: 'users' })).toMatchObject({ isRefused: false })
    expect(of.asked.map(({ server }) => server)).not.toContain(two)
  })
})
