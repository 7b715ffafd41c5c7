import { expect, it } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import { type CourseAsk, type CourseReply, courseRequest, readReply } from '#dialects/chat/index'
import { startChatReference } from '../../chat-reference.ts'
import { PlainNode } from '../../plain-node.ts'
import type { RoleStart } from '../../role.ts'
import { PlainChat, reference, servers } from '../testing/plain-chat.ts'
import { rankLimits } from './ranks.ts'
import { decodeReference, encodeReference, referenceWire } from './wire.ts'

const [server] = servers as [(typeof servers)[number]] // there are three

/** Asks over the wire as our servers do. */
function ourServer() {
  const heard: (CourseReply | null)[] = []
  const own: { ask: (ask: CourseAsk) => void } = { ask: () => {} }
  const start: RoleStart = (plan, ports) => {
    const node = new PlainNode(plan, ports)
    node.post.read([referenceWire.answer], ({ body }) => {
      heard.push(readReply(decodeReference(body)?.frame ?? new Uint8Array(0)))
      return null
    })
    own.ask = (ask) => {
      const frame = courseRequest('messagepack', ask, { atMs: 1, clock: 1 })
      node.post.send(reference, { kind: referenceWire.ask, body: encodeReference({ ref: 1, frame }), cause: null })
    }
    return { facts: () => node.facts(), setFaults() {}, answer() {}, stop() {} }
  }
  return { heard, own, start }
}

const alone = (): PlainChat => new PlainChat({ [reference]: startChatReference })
const rank = (chat: PlainChat, user: string): CourseReply | null => chat.ask({ kind: 'rank', user }, 'reference')
const listed = (chat: PlainChat): readonly { readonly name: string; readonly rank: number }[] | null =>
  chat.ask({ kind: 'list' }, 'reference')?.servers ?? null

it('gives ranks for good: killed and back, they are the same', () => {
  const chat = alone()
  expect(['b', 'a', 'b'].map((name) => rank(chat, name)?.rank)).toEqual([1, 2, 1])
  chat.kill(reference)
  chat.start(reference)
  expect(listed(chat)).toEqual([
    { name: 'b', rank: 1 },
    { name: 'a', rank: 2 },
  ])
  expect(['c', 'a'].map((name) => rank(chat, name)?.rank)).toEqual([3, 2])
})

it('lists whoever is heard of, and drops whoever is not', () => {
  const chat = alone()
  for (const user of ['a', 'b']) rank(chat, user)
  chat.hosts.run(rankLimits.silentMs - 2_000)
  expect(chat.ask({ kind: 'heartbeat', user: 'b' }, 'reference')).toMatchObject({ isRefused: false })
  chat.hosts.run(3_000)
  expect(listed(chat)).toEqual([{ name: 'b', rank: 2 }])
  expect(chat.facts(reference, 'reference').servers).toEqual([
    { name: 'a', rank: 1, isHere: false },
    { name: 'b', rank: 2, isHere: true },
  ])
  chat.kill(reference)
  chat.start(reference)
  expect(listed(chat)).toEqual([{ name: 'b', rank: 2 }])
})

it('takes nobody for gone because it slept itself', () => {
  const chat = alone()
  rank(chat, 'a')
  const setPaused = (isPaused: boolean): void => {
    chat.room.setAsleep(reference, isPaused)
    chat.setFaults(reference, { ...noFaults, isPaused })
  }
  setPaused(true)
  chat.hosts.run(2 * rankLimits.silentMs)
  setPaused(false)
  chat.hosts.run(1_000)
  expect(listed(chat)).toEqual([{ name: 'a', rank: 1 }])
  chat.hosts.run(rankLimits.silentMs)
  expect(listed(chat)).toEqual([])
})

it('tells the time, and nothing that is not its own', () => {
  const chat = alone()
  const time = chat.ask({ kind: 'clock' }, 'reference')?.timeMs ?? 0
  expect(Math.abs(time - chat.host(reference).clock.wall())).toBeLessThan(100)
  expect(chat.ask({ kind: 'users' }, 'reference')).toMatchObject({ isRefused: true, why: 'serviço desconhecido' })
})

it('speaks the codec in which it is asked, and has the shape of the list that goes with it', () => {
  const chat = alone()
  rank(chat, 'a')
  const answer = chat.askBytes(courseRequest('json', { kind: 'list' }, { atMs: 1, clock: 9 }), 'reference')
  const said = JSON.parse(new TextDecoder().decode(answer ?? new Uint8Array(0)))
  expect(said).toMatchObject({ service: 'list', data: { list: { a: { rank: 1 } } } })
  expect(said.data.clock).toBeGreaterThan(9)
})

it('hears our servers over the wire, and nobody else in their names', () => {
  const { heard, own, start } = ourServer()
  const chat = new PlainChat({ [reference]: startChatReference, [server]: start })
  expect(rank(chat, server)).toMatchObject({ isRefused: true, why: 'nome não permitido' })
  own.ask({ kind: 'rank', user: server })
  chat.hosts.until(() => heard.length === 1)
  own.ask({ kind: 'heartbeat', user: 'another' })
  chat.hosts.until(() => heard.length === 2)
  expect(heard).toMatchObject([{ rank: 1 }, { isRefused: true }])
})

it('gives no rank that it cannot keep', () => {
  const chat = alone()
  rank(chat, 'a')
  chat.host(reference).disk.isFull = true
  expect(rank(chat, 'b')).toMatchObject({ isRefused: true })
  expect(rank(chat, 'a')?.rank).toBe(1)
  chat.host(reference).disk.isFull = false
  expect(rank(chat, 'c')?.rank).toBe(2)
})

it('exports whom it knows, and shows what it was asked', () => {
  const chat = alone()
  rank(chat, 'a')
  const files = chat.request(reference, { kind: 'export', after: null })
  expect(files).toMatchObject({
    ok: true,
    value: { files: [{ name: 'ref_servers.json', text: expect.stringMatching(/^{"a":{"rank":1,/) }], next: null },
  })
  const page = chat.request(reference, { kind: 'foreign', after: 0, limit: 10 })
  expect(page).toMatchObject({ ok: true, value: { last: 1, events: [{ at: 'reference', service: 'rank' }] } })
})
