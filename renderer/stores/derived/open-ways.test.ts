import { describe, expect, it } from 'vitest'
import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { ChatFacts } from '#contract/worker/chat'
import type { RoleName } from '#contract/worker/protocol'
import { id, nowMs, running, viewOf } from '../../testing/cards.ts'
import { openWays, outsideOf } from './open-ways.ts'

const server: ChatFacts = {
  kind: 'server',
  profile: 'leader',
  ...{ messages: 0, position: 0, publishedUpTo: 0, openRequests: 0, searchLag: 0 },
}
const bot: ChatFacts = { kind: 'bot', name: 'bot-eco', said: 1, refused: 0, heard: 1, isWaiting: false }

function broker(programs: readonly string[], foreignServers = 0): ChatFacts {
  return { kind: 'broker', open: 0, answered: 1, resent: 0, clients: 3, programs, foreignServers, refused: 0 }
}

function chat(asking: readonly string[], foreignServers = 0): Pick<ClusterCard, 'id' | 'nodes'> {
  const card = (name: string, role: RoleName, facts: ChatFacts): NodeCard => ({
    id: id(name),
    clusterId: 'chat' as ClusterCard['id'],
    role,
    state: running,
    address: null,
    http: null,
    crashes: 0,
    view: viewOf({}, { chat: facts }),
    viewWallMs: nowMs,
  })
  return {
    id: 'chat' as ClusterCard['id'],
    nodes: [
      card('broker', 'chat-broker', broker(asking, foreignServers)),
      card('proxy', 'chat-proxy', { kind: 'proxy', forwards: [] }),
      card('server-1', 'chat-server', server),
      card('bot-1', 'chat-bot', bot),
    ],
  }
}

const drawn = (cluster: Pick<ClusterCard, 'id' | 'nodes'>): readonly string[] =>
  openWays(cluster).map(({ from, to, kind }) => `${from} ${kind} ${to}`)

describe('ways over open sockets', () => {
  it('are those of our own nodes while nobody else is there', () => {
    expect(outsideOf(chat(['bot-eco']))).toBeNull()
    expect(drawn(chat(['bot-eco']))).toEqual(['bot-1 asks broker', 'server-1 publishes proxy', 'proxy hears bot-1'])
  })

  it('begin at programs of others when they have asked, by the names that they give themselves', () => {
    const cluster = chat(['bia', 'bot-eco', '', 'ana', 'bia'])
    expect(outsideOf(cluster)).toEqual({ names: ['ana', 'bia'], nameless: 1, servers: 0 })
    expect(drawn(cluster)).toContain('outside:chat asks broker')
  })

  it('end at servers of others, to whom the broker gives requests', () => {
    expect(drawn(chat([], 2))).toContain('broker serves outside:chat')
    expect(drawn(chat([], 2))).not.toContain('outside:chat asks broker')
  })

  it('are not known of a node that is down', () => {
    const { nodes, ...cluster } = chat(['ana'])
    const down = nodes.map((node) =>
      node.role === 'chat-broker' ? { ...node, state: { kind: 'stopped' } as const } : node,
    )
    expect(drawn({ ...cluster, nodes: down })).toEqual(['server-1 publishes proxy', 'proxy hears bot-1'])
  })
})
