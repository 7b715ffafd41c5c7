import type { ChatAddress, ChatForeign } from '#contract/window/chat'
import type { CheckedInput } from '#contract/window/contract'
import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { ForeignPage } from '#contract/worker/chat'
import type { RoleName } from '#contract/worker/protocol'
import { fail, ok, type Result } from '#kit/result'
import { interfacesHere } from '#supervisor/interfaces'
import type { Lab } from './lab.ts'

const everywhere = '0.0.0.0'
/** Whose sockets programs of others use. */
const open: readonly RoleName[] = ['chat-broker', 'chat-reference', 'chat-proxy']

interface Told {
  readonly node: NodeCard
  readonly page: Result<ForeignPage>
}

/** What came from foreign programs, wherever in the chat it came. Each node counts what came to it by itself. */
export async function readForeign(
  lab: Pick<Lab, 'topology' | 'ask'>,
  { clusterId, after, limit }: CheckedInput<'chat.foreign'>,
): Promise<Result<ChatForeign>> {
  const cluster = lab.topology().clusters.find(({ id }) => id === clusterId)
  if (cluster === undefined) return fail('unknown-cluster', `no cluster ${clusterId}`)
  if (cluster.kind !== 'chat') return fail('does-not-apply', `${clusterId} is no chat`)
  const asked = cluster.nodes.filter(({ role }) => open.includes(role))
  const told: readonly Told[] = await Promise.all(
    asked.map(async (node) => ({
      node,
      page: await lab.ask(node.id, { kind: 'foreign', after: after?.[node.id] ?? 0, limit }),
    })),
  )
  const heard = told.flatMap(({ node, page }) => (page.ok ? [{ nodeId: node.id, page: page.value }] : []))
  const next = Object.fromEntries(heard.map(({ nodeId, page }) => [nodeId, page.last]))
  return ok({
    profile: profileOf(cluster),
    addresses: heard.flatMap(({ nodeId, page }) => page.addresses.flatMap((bound) => reachedAt({ nodeId, ...bound }))),
    events: heard
      .flatMap(({ nodeId, page }) => page.events.map((event) => ({ nodeId, ...event })))
      .sort((one, other) => one.wallMs - other.wallMs),
    // Of who is silent now, what it said before still holds.
    next: { ...after, ...next },
    skipped: heard.reduce((sum, { page }) => sum + page.skipped, 0),
    silent: told.flatMap(({ node, page }) => (page.ok ? [] : [node.id])),
  })
}

/** What listens everywhere is reached at each address that this machine has. */
function reachedAt(bound: ChatAddress): readonly ChatAddress[] {
  if (!bound.address.includes(everywhere)) return [bound]
  const hosts = ['127.0.0.1', ...interfacesHere().map(({ host }) => host)]
  return hosts.map((host) => ({ ...bound, address: bound.address.replace(everywhere, host) }))
}

function profileOf({ nodes }: ClusterCard): ChatForeign['profile'] {
  const facts = nodes.map(({ view }) => view?.chat ?? null)
  return facts.find((one) => one?.kind === 'server')?.profile ?? null
}
