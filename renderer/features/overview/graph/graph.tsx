import '@xyflow/react/dist/base.css'
import { useElementSize } from '@mantine/hooks'
import { type Edge, type Node, ReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { useTopology } from '../../../stores/context.tsx'
import { ClusterFrame } from './cluster-frame.tsx'
import { Comb } from './comb.tsx'
import styles from './graph.module.css'
import { fitting, type PlacedCluster, placeClusters } from './layout.ts'
import { type Line, lineBetween, linkKey } from './line.ts'
import { LinkEdge } from './link-edge.tsx'
import { MessageLayer } from './message-layer.tsx'
import { PeerCard } from './peer-card.tsx'

const nodeTypes = { cluster: ClusterFrame, peer: PeerCard }
const edgeTypes = { link: LinkEdge }

/** The picture. Its skeleton changes only when nodes come or go; cards and links read their own state by themselves. */
export function Graph() {
  const { t } = useWords()
  const { ref, width, height } = useElementSize()
  const shape = useTopology(({ snapshot }) =>
    JSON.stringify(snapshot?.clusters.map(({ id, nodes }) => ({ id, nodeIds: nodes.map((node) => node.id) })) ?? []),
  )
  const room = useMemo(() => ({ width, height }), [width, height])
  const placed = useMemo(() => placeClusters(JSON.parse(shape), room), [shape, room])
  const lines = useMemo(() => linesOf(placed), [placed])
  const nodes = useMemo(() => placed.flatMap(flowNodes), [placed])
  const edges = useMemo(() => [...lines].map(flowEdge), [lines])
  const viewport = fitting(placed, room)
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
      <MessageLayer lines={lines} viewport={viewport} room={room} />
    </section>
  )
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
      type: 'peer',
      position: { x: node.x, y: node.y },
      width: node.width,
      height: node.height,
      data: {},
    })),
  ]
}

function flowEdge([key, line]: readonly [string, Line]): Edge {
  const [source = '', target = ''] = key.split('>')
  return { id: key, source, target, type: 'link', data: { line } }
}
