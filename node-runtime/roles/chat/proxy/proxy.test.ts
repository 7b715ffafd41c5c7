import { describe, expect, it } from 'vitest'
import { type ChatLayout, chatSockets, type ForeignPage } from '#contract/worker/chat'
import { coursePublication, electedPublication, replicaPublication, type Said } from '#dialects/chat/index'
import { nodeId } from '#kit/ids'
import type { PublisherSocket } from '#ports/sockets'
import { startChatProxy } from '../../chat-proxy.ts'
import { PlainNode } from '../../plain-node.ts'
import type { RoleStart } from '../../role.ts'
import { decodeFollowed, followedKind } from '../followed-word.ts'
import { PlainChat, program, proxy, servers } from '../testing/plain-chat.ts'
import { OwnPublications } from './own-publications.ts'

const [server] = servers as [(typeof servers)[number]] // there are three
const said: Said = { kind: 'publish', from: 'ana', to: 'general', text: 'oi', atMs: 1_000, clock: 3, origin: server }

function published() {
  const sockets: PublisherSocket[] = []
  const followed: (readonly ChatLayout[] | null)[] = []
  const start: RoleStart = (plan, ports) => {
    const node = new PlainNode(plan, ports)
    node.post.read([followedKind], ({ body }) => {
      followed.push(decodeFollowed(body))
      return null
    })
    sockets.push(ports.sockets.publisher(chatSockets.native), ports.sockets.publisher(chatSockets.course))
    return { facts: () => node.facts(), setFaults() {}, answer() {}, stop() {} }
  }
  const chat = new PlainChat({ [proxy]: startChatProxy, [server]: start })
  const [native, course] = sockets
  if (native === undefined || course === undefined) throw new Error('nobody publishes')
  chat.hosts.until(() => native.isWanted)
  return { chat, native, course, followed }
}

/** A program that publishes by itself. */
function foreignPublisher({ room, hosts }: PlainChat): PublisherSocket {
  const to = { host: 'virtual', port: 5557 }
  const plans = [{ kind: 'publisher', name: 'out', to, trust: { kind: 'open' } }] as const
  const out = room.open({ nodeId: nodeId('server-of-a-student'), plans, isOfLab: false }).publisher('out')
  hosts.until(() => out.isWanted)
  return out
}

function foreign(chat: PlainChat): ForeignPage {
  const result = chat.request(proxy, { kind: 'foreign', after: 0, limit: 100 })
  if (result?.ok !== true) throw new Error('no page')
  return result.value as ForeignPage // its request has this answer
}

describe('the proxy', () => {
  it('shows its forwarders, and they come back with it', () => {
    const { chat, native } = published()
    const forwards = chat.facts(proxy, 'proxy').forwards
    expect(forwards.map(({ name, isForwarding }) => [name, isForwarding])).toEqual([
      ['native', true],
      ['course', true],
    ])
    chat.kill(proxy)
    chat.hosts.until(() => !native.isWanted)
    chat.start(proxy)
    chat.hosts.until(() => native.isWanted)
    expect(chat.facts(proxy, 'proxy').forwards).toEqual(forwards)
  })

  it('judges what others publish, and not what we do', () => {
    const { chat, course } = published()
    const foreigner = foreignPublisher(chat)
    chat.hosts.until(() => course.isWanted)
    const elected = electedPublication('json', server, { atMs: 1, clock: 1 })
    const replica = replicaPublication('messagepack', { ...said }, { log: 's1.0a1b2c3d', sequence: 4 })
    const ours = [coursePublication('messagepack', said), coursePublication('json', said), elected, replica]
    for (const { topic, payload } of ours) course.publish(topic, payload)
    const theirs = coursePublication('json', { ...said, origin: 'server-of-a-student', clock: 5 })
    foreigner.publish('another-topic', theirs.payload)
    foreigner.publish('general', new Uint8Array([1, 2, 3]))
    chat.hosts.run(100)
    const { events, addresses } = foreign(chat)
    expect(events.map(({ from, codec }) => [from, codec])).toEqual([
      ['server-of-a-student', 'json'],
      ['general', 'none'],
    ])
    expect(events[0]?.rules).toContainEqual({ rule: 'topic', isKept: false, detail: 'another-topic' })
    expect(addresses.map(({ name }) => name)).toEqual(['course-from', 'course-to'])
  })

  it('takes what our servers publish to itself only while somebody else publishes there', () => {
    const { chat, course } = published()
    chat.hosts.until(() => course.isWanted)
    const misread = (): number => {
      course.publish('general', new Uint8Array([1, 2, 3]))
      chat.hosts.run(100)
      return foreign(chat).events.length
    }
    expect(misread()).toBe(0)
    foreignPublisher(chat)
    chat.hosts.run(100)
    expect(misread()).toBe(1)
    chat.room.close(nodeId('server-of-a-student'))
    chat.hosts.run(100)
    expect(misread()).toBe(1)
  })
})

it('servers are told whether anybody listens at an open forwarder, and so is one that begins anew', () => {
  const { chat, followed } = published()
  const told = (layouts: readonly ChatLayout[]): void => {
    followed.length = 0
    chat.hosts.until(() => followed.at(-1)?.join() === layouts.join())
  }
  told(['course'])
  // The proxy's own listening, while nobody else publishes there, is none.
  chat.room.close(program)
  told([])
  const to = { host: 'virtual', port: 5558 }
  const plans = [{ kind: 'subscriber', name: 'in', to, trust: { kind: 'open' } }] as const
  chat.room.open({ nodeId: nodeId('another-client'), plans, isOfLab: false })
  told(['course'])
  chat.kill(server)
  chat.start(server)
  told(['course'])
})

it('our own publications are known by their end, in either codec', () => {
  const own = new OwnPublications(servers)
  for (const codec of ['json', 'messagepack'] as const) {
    expect(own.isPlainly(coursePublication(codec, said).payload)).toBe(true)
    expect(own.isPlainly(coursePublication(codec, { ...said, origin: 'chat-server-19' }).payload)).toBe(false)
  }
  expect(own.isPlainly(new Uint8Array(0))).toBe(false)
})
