import '@xyflow/react/dist/base.css'
import { useElementSize } from '@mantine/hooks'
import { type Edge, type Node, ReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import type { ClusterCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { useTopology, useUi } from '../../../stores/context.tsx'
import { isOutside } from '../../../stores/derived/open-ways.ts'
import { ringOrder } from '../../../stores/derived/rings.ts'
import { linkKey } from '../../../ui/flights/flight.ts'
import { MessageLayer } from '../../../ui/flights/message-layer.tsx'
import { useMessageMode } from '../../../ui/flights/use-message-mode.ts'
import { ClusterFrame } from './cluster-frame.tsx'
import { columnsOf, withOutside } from './columns.ts'
import { Comb } from './comb.tsx'
import styles from './graph.module.css'
import { type ClusterToPlace, fewNodes, fitting, type PlacedCluster, placeClusters } from './layout.ts'
import { type Line, lineBetween } from './line.ts'
import { LinkEdge } from './link-edge.tsx'
import { OpenWayEdge } from './open-way-edge.tsx'
import { OutsideCard } from './outside-card.tsx'
import { PeerCard } from './peer-card.tsx'

const nodeTypes = { cluster: ClusterFrame, peer: PeerCard, outside: OutsideCard }
const edgeTypes = { link: LinkEdge, way: OpenWayEdge }

/** The picture. Its skeleton changes only when nodes come or go; cards and links read their own state by themselves. */
export function Graph() {
  const { t } = useWords()
  const { ref, width, height } = useElementSize()
  const closeUp = useUi((state) => state.closeUp)
  const shape = useTopology(({ snapshot }) => JSON.stringify(shownIn(snapshot?.clusters ?? [], closeUp).map(shapeOf)))
  const room = useMemo(() => ({ width, height }), [width, height])
  const placed = useMemo(() => placeClusters(JSON.parse(shape), room), [shape, room])
  const lines = useMemo(() => linesOf(placed), [placed])
  const nodes = useMemo(() => placed.flatMap(flowNodes), [placed])
  const edges = useMemo(() => [...lines].map(flowEdge), [lines])
  const viewport = fitting(placed, room)
  const isFlying = useMessageMode() === 'dots'
  return (
    <section ref={ref} className={styles.graph} aria-label={t('overview.picture')} data-testid="graph">
      <Comb />
      {width === 0 ? null : (
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          viewport={viewport}
          // The cards hold real buttons; the library's own keys and roles would stand in their way.
          disableKeyboardA11y
          nodesFocusable={false}
          edgesFocusable={false}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
          panOnDrag={false}
          zoomOnScroll={false}
          zoomOnPinch={false}
          zoomOnDoubleClick={false}
          preventScrolling={false}
          proOptions={{ hideAttribution: true }}
        />
      )}
      {/* A credit in place of the library's own link, which leads out of the program. */}
      <span className={styles.credit}>React Flow</span>
      <MessageLayer paths={lines} viewport={viewport} room={room} isFlying={isFlying} />
    </section>
  )
}

/** With many clusters the picture shrinks; one of them alone is as large as it can be. */
function shownIn(clusters: readonly ClusterCard[], closeUp: string | null): readonly ClusterCard[] {
  const wanted = clusters.filter(({ id }) => id === closeUp)
  return wanted.length > 0 ? wanted : clusters
}

function shapeOf(cluster: ClusterCard): ClusterToPlace {
  const columns = columnsOf(cluster)
  if (columns === null) return { id: cluster.id, nodeIds: orderOf(cluster) }
  return { id: cluster.id, nodeIds: orderOf(cluster), columns: withOutside(columns, cluster) }
}

/** A large ring stands in its own order; three are a ring in any, and stay where they are. */
function orderOf(cluster: ClusterCard): readonly string[] {
  if (cluster.kind !== 'ring' || cluster.nodes.length <= fewNodes) return cluster.nodes.map(({ id }) => id)
  return ringOrder(cluster)
}

function linesOf(placed: readonly PlacedCluster[]): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>()
  for (const { nodes } of placed) {
    for (const from of nodes) {
      for (const to of nodes) {
        const line = from === to ? null : lineBetween(from, to)
        if (line) lines.set(linkKey(from.id, to.id), line)
      }
    }
  }
  return lines
}

function flowNodes({ id, x, y, width, height, nodes }: PlacedCluster): Node[] {
  return [
    { id: `cluster:${id}`, type: 'cluster', position: { x, y }, width, height, data: { clusterId: id }, zIndex: -1 },
    ...nodes.map((node) => ({
      id: node.id,
      type: isOutside(node.id) ? 'outside' : 'peer',
      position: { x: node.x, y: node.y },
      width: node.width,
      height: node.height,
      data: { clusterId: id },
    })),
  ]
}

function flowEdge([key, line]: readonly [string, Line]): Edge {
  const [source = '', target = ''] = key.split('>')
  return { id: key, source, target, type: isOutside(source) || isOutside(target) ? 'way' : 'link', data: { line } }
}
