import { describe, expect, it } from 'vitest'
import type { ChatSetup } from '#contract/window/chat'
import type { NodeCard, TopologySnapshot } from '#contract/window/topology'
import type { ForeignPage } from '#contract/worker/chat'
import type { NodeRequest } from '#contract/worker/protocol'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { chatHandlers } from './chat-handlers.ts'
import { deskNode } from './desk-handlers.ts'
import type { Lab } from './lab.ts'
import { memoryLab } from './testing/memory-lab.ts'

const chat = clusterId('chat')
const roles = ['chat-broker', 'chat-proxy', 'chat-reference', 'chat-server'] as const

function page(events: readonly number[], last: number): ForeignPage {
  const about = { from: 'x', dialect: 'course', codec: 'json', service: 'login', payload: '', answer: null, rules: [] }
  return {
    addresses: [{ name: 'clients', address: 'tcp://127.0.0.1:5555' }],
    events: events.map((wallMs, index) => ({ number: index + 1, wallMs, at: 'broker', ...about }) as const) as never, // all that is read of them
    last,
    skipped: 1,
  }
}

function setUp(answer: (node: NodeId, request: NodeRequest) => Result<unknown>, setup?: ChatSetup) {
  const { lab, done } = memoryLab()
  const asked: { readonly node: NodeId; readonly request: NodeRequest }[] = []
  const nodes = roles.map((role) => ({ id: nodeId(role), role, view: null, state: { kind: 'running' } }) as NodeCard) // nothing else is read here
  const desk = { id: deskNode, role: 'desk', view: null, state: { kind: 'running' } } as NodeCard // the same
  const topology = (): TopologySnapshot => {
    const before = lab.topology()
    const [cluster] = before.clusters
    if (cluster === undefined) throw new Error('a lab has a cluster')
    const state = done.includes('stop cluster chat') && !done.includes('start cluster chat') ? 'stopped' : 'running'
    return { ...before, clusters: [cluster, { ...cluster, id: chat, kind: 'chat', state, nodes: [...nodes, desk] }] }
  }
  let now = setup
  const watched: Lab = {
    ...lab,
    topology,
    ask: async (node, request) => {
      asked.push({ node, request })
      return answer(node, request) as never // the answer that the test wants
    },
    chatSetup: (id) => (now === undefined ? lab.chatSetup(id) : ok(now)),
    configureChat: (_, change) => {
      if (now === undefined) return fail('does-not-apply', 'no chat')
      done.push(`configure ${JSON.stringify(change)}`)
      now = { ...now, settings: { ...now.settings, ...change } }
      return ok(now.settings)
    },
    stopNode: async (id) => {
      done.push(`stop ${id}`)
      return ok(null)
    },
  }
  return { done, asked, handlers: chatHandlers(watched) }
}

describe('what people do in the chat', () => {
  it('goes to the desk, and what was said is in no recording', async () => {
    const { handlers, asked, done } = setUp(() => ok(null))
    const input = { session: 's-1', conversation: 'c:general', id: 'a'.repeat(32), text: 'segredo', replyTo: null }
    await handlers['chat.say'](input)
    await handlers['chat.signIn']({ user: 'ana', password: 'senha longa' })
    expect(asked.map(({ node, request }) => [node, request.kind])).toEqual([
      [deskNode, 'chat'],
      [deskNode, 'chat'],
    ])
    expect(done).toEqual(['note chat.say', 'note chat.signIn'])
  })
})

describe('what programs of others sent', () => {
  it('is read of every node with an open socket, each by its own count, in the order of time', async () => {
    const pages: Readonly<Record<string, Result<ForeignPage>>> = {
      'chat-broker': ok(page([10, 30], 7)),
      'chat-reference': ok(page([20], 3)),
      'chat-proxy': fail('node-down', 'killed'),
    }
    const { handlers, asked } = setUp((node) => pages[node] ?? fail('internal', 'nobody asks a server'))
    const after = { 'chat-broker': 5, 'chat-proxy': 9 }
    const read = await handlers['chat.foreign']({ clusterId: chat, after, limit: 50 })
    expect(read).toMatchObject({
      ok: true,
      value: {
        events: [{ wallMs: 10 }, { wallMs: 20, nodeId: 'chat-reference' }, { wallMs: 30, nodeId: 'chat-broker' }],
        next: { 'chat-broker': 7, 'chat-reference': 3, 'chat-proxy': 9 },
        silent: ['chat-proxy'],
        skipped: 2,
      },
    })
    expect(asked.map(({ node, request }) => [node, 'after' in request && request.after])).toEqual([
      ['chat-broker', 5],
      ['chat-proxy', 9],
      ['chat-reference', 0],
    ])
    expect(await handlers['chat.foreign']({ clusterId: clusterId('notary'), after: null, limit: 5 })).toMatchObject({
      failure: { code: 'does-not-apply' },
    })
  })
})

describe('what is reached from networks', () => {
  it('is named by the addresses of this machine, and not by the one that stands for all', async () => {
    const everywhere = { ...page([], 0), addresses: [{ name: 'ranks', address: 'tcp://0.0.0.0:6000' }] }
    const { handlers } = setUp(() => ok(everywhere))
    const read = await handlers['chat.foreign']({ clusterId: chat, after: null, limit: 5 })
    const addresses = read.ok ? read.value.addresses.map(({ address }) => address) : []
    expect(addresses).toContain('tcp://127.0.0.1:6000')
    expect(addresses.join()).not.toContain('0.0.0.0')
  })
})

describe('how a chat is set up', () => {
  const settings = { profile: 'leader', hasJsonPublications: false, layout: 'course', reach: 'loopback' } as const
  const changes = (done: readonly string[]) => done.filter((one) => !one.startsWith('note'))

  it('is chosen while it stands still, and the desk hears of another profile', async () => {
    const { handlers, done } = setUp(() => ok(null), { settings, canChooseProfile: true })
    const chosen = await handlers['chat.configure']({ clusterId: chat, change: { profile: 'everyone' } })
    expect(chosen).toMatchObject({ ok: true, value: { settings: { profile: 'everyone' } } })
    expect(changes(done)).toEqual([
      'stop cluster chat',
      'configure {"profile":"everyone"}',
      'start cluster chat',
      'stop desk',
      'start desk',
    ])
  })

  it('stops nothing for what cannot be chosen, or is nothing', async () => {
    const { handlers, done } = setUp(() => ok(null), { settings, canChooseProfile: false })
    expect(await handlers['chat.configure']({ clusterId: chat, change: { profile: 'everyone' } })).toMatchObject({
      failure: { code: 'does-not-apply' },
    })
    expect(await handlers['chat.configure']({ clusterId: chat, change: {} })).toMatchObject({ ok: true })
    expect(changes(done)).toEqual([])
  })
})
