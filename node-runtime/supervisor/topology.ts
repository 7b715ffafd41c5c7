import type { ClusterCard, LinkCard, NodeCard } from '#contract/window/topology'
import type { HttpDialect } from '#contract/worker/dialects'
import type { ActiveFault } from '#contract/worker/faults'
import type { NodeId } from '#kit/ids'
import type { CommitRates } from './commit-rates.ts'
import { directionsOf } from './fault-rules.ts'
import type { LabFolder } from './lab-folder.ts'
import type { LinkRates } from './link-rates.ts'
import type { ManagedNode } from './managed-node.ts'
import type { ClusterSpec } from './presets.ts'

export interface ClusterParts {
  readonly spec: ClusterSpec
  readonly nodes: readonly ManagedNode[]
  readonly faults: readonly ActiveFault[]
  readonly rates: LinkRates
  readonly commits: CommitRates
  readonly host: string
  readonly dialect: HttpDialect | null
  readonly sizes: ClusterCard['sizes']
  portOf(node: NodeId): number | null
  httpPortOf(node: NodeId): number | null
}

/** What the lab's folder knows of a cluster; it has not been opened yet where it is null. */
export function keptOf(
  { id, httpPort }: ClusterSpec,
  folder: LabFolder | null,
): Pick<ClusterParts, 'dialect' | 'portOf' | 'httpPortOf'> {
  return {
    dialect: httpPort === null ? null : (folder?.dialect(id) ?? null),
    portOf: (node) => folder?.port(node) ?? null,
    httpPortOf: (node) => folder?.httpPort(node) ?? null,
  }
}

/** A sender that has said nothing for this long sends nothing, as far as anybody can know. */
export const silentAfterMs = 3_000

export function clusterCard(parts: ClusterParts, nowWallMs: number): ClusterCard {
  const { spec, nodes } = parts
  return {
    id: spec.id,
    kind: spec.kind,
    state: stateOf(nodes),
    dialect: parts.dialect,
    sizes: parts.sizes,
    nodes: nodes.map((node, index) => nodeCard(parts, node, index)),
    links: nodes.flatMap((from) =>
      nodes.filter((to) => to !== from).map((to) => linkCard(parts, { from, to }, nowWallMs)),
    ),
    commitsPerSecond: commitsOf(parts, nowWallMs),
  }
}

/** Of two that believe they lead, only the one in the newer term can commit anything. */
function commitsOf({ nodes, commits }: ClusterParts, nowWallMs: number): number | null {
  const leaders = nodes.filter(
    (node) => isSpeaking(node, nowWallMs) && node.lastView?.view.leadership?.leadership === 'leader',
  )
  const [leader] = leaders.sort((one, other) => termOf(other) - termOf(one))
  return leader === undefined ? null : commits.of(leader.id)
}

function termOf({ lastView }: ManagedNode): number {
  return lastView?.view.leadership?.term ?? 0
}

function isSpeaking({ state, lastView }: ManagedNode, nowWallMs: number): boolean {
  return state.kind === 'running' && lastView !== null && nowWallMs - lastView.wallMs < silentAfterMs
}

function nodeCard(parts: ClusterParts, node: ManagedNode, index: number): NodeCard {
  const { spec, host } = parts
  const at = (port: number | null): NodeCard['address'] => (port === null ? null : { host, port })
  return {
    id: node.id,
    clusterId: spec.id,
    role: spec.nodes[index]?.role ?? 'notary-peer',
    state: node.state,
    address: at(parts.portOf(node.id)),
    http: at(parts.httpPortOf(node.id)),
    crashes: node.crashes,
    view: node.lastView?.view ?? null,
    viewWallMs: node.lastView?.wallMs ?? null,
  }
}

function linkCard(
  { faults, rates }: ClusterParts,
  { from, to }: { readonly from: ManagedNode; readonly to: ManagedNode },
  nowWallMs: number,
): LinkCard {
  const said = from.lastView
  const speaks = isSpeaking(from, nowWallMs)
  const rate = speaks ? rates.of(from.id, to.id) : { messagesPerSecond: 0, bytesPerSecond: 0, droppedPerSecond: 0 }
  const heard = to.lastView?.view.links.find(({ peer }) => peer === from.id)?.heardMsAgo
  return {
    from: from.id,
    to: to.id,
    ...rate,
    latencyMs: speaks ? (said?.view.links.find(({ peer }) => peer === to.id)?.latencyMs ?? null) : null,
    heardWallMs: to.lastView !== null && heard !== undefined && heard !== null ? to.lastView.wallMs - heard : null,
    faults: faults
      .filter(({ fault }) => directionsOf(fault).some((one) => one.from === from.id && one.to === to.id))
      .map(({ id }) => id),
  }
}

/** A cluster runs when it was started and no node is on its way; one of which nothing lives any more is stopped. */
function stateOf(nodes: readonly ManagedNode[]): ClusterCard['state'] {
  const kinds = nodes.map(({ state }) => state.kind)
  if (kinds.every((kind) => kind === 'stopped' || kind === 'left-down')) return 'stopped'
  if (kinds.some((kind) => kind === 'stopping')) return 'stopping'
  if (kinds.some((kind) => kind === 'waiting' || kind === 'starting')) return 'starting'
  return 'running'
}
