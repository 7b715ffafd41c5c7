import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { ChatFacts } from '#contract/worker/chat'
import type { RoleName } from '#contract/worker/protocol'
import { isViewOfThisLife } from './condition.ts'

/** What goes on a plain socket, where the lab has no wire and counts nothing. */
export type WayKind = 'asks' | 'publishes' | 'hears' | 'serves'

export interface OpenWay {
  readonly from: string
  readonly to: string
  readonly kind: WayKind
}

/** Programs that are not of the lab, as far as the broker and the reference have heard of them lately. */
export interface Outside {
  readonly names: readonly string[]
  /** Connections that have not said who they are. */
  readonly nameless: number
  /** Programs that serve, behind the broker of a chat in which everyone answers. */
  readonly servers: number
}

/** In the picture, in place of a node's own. */
export function outsideId({ id }: Pick<ClusterCard, 'id'>): string {
  return `outside:${id}`
}

export function isOutside(id: string): boolean {
  return id.startsWith('outside:')
}

/** null: nobody is there. */
export function outsideOf({ nodes }: Pick<ClusterCard, 'nodes'>): Outside | null {
  const facts = nodes.flatMap((node) => spokenOf(node) ?? [])
  const broker = facts.find((one) => one.kind === 'broker')
  if (broker === undefined) return null
  const ownBots = facts.flatMap((one) => (one.kind === 'bot' ? [one.name] : []))
  const programs = broker.programs.filter((name) => !ownBots.includes(name))
  const named = programs.filter((name) => name !== '')
  const outside = {
    names: [...new Set(named)].sort((one, other) => (one < other ? -1 : 1)),
    nameless: programs.length - named.length,
    servers: broker.foreignServers,
  }
  return programs.length > 0 || outside.servers > 0 ? outside : null
}

/** Between those that speak; the sockets are in the plans of our own nodes, and the programs were heard. */
export function openWays(cluster: Pick<ClusterCard, 'id' | 'nodes'>): readonly OpenWay[] {
  const speaking = cluster.nodes.filter((node) => spokenOf(node) !== null)
  const withRole = (role: RoleName): readonly string[] =>
    speaking.filter((node) => node.role === role).map(({ id }) => id)
  const [bots, servers] = [withRole('chat-bot'), withRole('chat-server')]
  const outside = outsideOf(cluster)
  const isAsking = outside !== null && outside.names.length + outside.nameless > 0
  const isServing = outside !== null && outside.servers > 0
  const apart = outsideId(cluster)
  return [
    ...withRole('chat-broker').flatMap((broker) => [
      ...bots.map((bot) => ({ from: bot, to: broker, kind: 'asks' }) as const),
      ...(isAsking ? [{ from: apart, to: broker, kind: 'asks' } as const] : []),
      ...(isServing ? [{ from: broker, to: apart, kind: 'serves' } as const] : []),
    ]),
    ...withRole('chat-proxy').flatMap((proxy) => [
      ...servers.map((server) => ({ from: server, to: proxy, kind: 'publishes' }) as const),
      ...bots.map((bot) => ({ from: proxy, to: bot, kind: 'hears' }) as const),
    ]),
  ]
}

/** null: it does not speak in this life, or has nothing to do with a chat. */
function spokenOf({ state, view, viewWallMs }: NodeCard): ChatFacts | null {
  return state.kind === 'running' && isViewOfThisLife({ state, viewWallMs }) ? (view?.chat ?? null) : null
}
