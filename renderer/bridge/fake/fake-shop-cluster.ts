import type { ClusterCard, NodeCard, TopologySnapshot } from '#contract/window/topology'
import type { ClusterId, NodeId } from '#kit/ids'

const shop = 'shop' as ClusterId // the shape that kit/ids would check

const roles = [
  ['shop-gateway', 'shop-gateway'],
  ['shop-catalog-1', 'shop-catalog'],
  ['shop-catalog-2', 'shop-catalog'],
  ['shop-catalog-3', 'shop-catalog'],
  ['shop-cart', 'shop-cart'],
  ['shop-orders', 'shop-orders'],
] as const

/** The shop as the picture shows it: its catalogue borrows what the peers of the notary believe. */
export function shopCluster({ clusters, takenWallMs }: TopologySnapshot): ClusterCard {
  const peers = clusters.find(({ kind }) => kind === 'notary')?.nodes ?? []
  const nodes = roles.map(([name, role], index): NodeCard => {
    const isPeer = role === 'shop-catalog'
    const view = renamed((isPeer ? peers[index - 1] : peers[0])?.view ?? null)
    return {
      id: name as NodeId, // the shape that kit/ids would check
      clusterId: shop,
      role,
      state: { kind: 'running', sinceWallMs: takenWallMs - 60_000, pid: 5_000 + index },
      address: { host: '127.0.0.1', port: 5_850 + index },
      http: null,
      crashes: 0,
      view: view && {
        ...view,
        leadership: isPeer ? view.leadership : null,
        log: isPeer ? view.log : null,
        clockSync: null,
      },
      viewWallMs: takenWallMs,
    }
  })
  return {
    id: shop,
    kind: 'shop',
    state: 'running',
    dialect: null,
    sizes: null,
    nodes,
    links: [],
    commitsPerSecond: null,
  }
}

/** The same beliefs about nodes of the other name. */
function renamed(view: NodeCard['view']): NodeCard['view'] {
  return JSON.parse(JSON.stringify(view).replaceAll('notary-', 'shop-catalog-'))
}
