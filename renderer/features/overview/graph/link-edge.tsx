import type { EdgeProps } from '@xyflow/react'
import type { ClusterCard } from '#contract/window/topology'
import { type Speech, useWords } from '../../../i18n/use-words.ts'
import { useHostNow, useTopology } from '../../../stores/context.tsx'
import { type LinkSight, linkSights } from '../../../stores/derived/links.ts'
import { spokenFacts } from '../../../stores/derived/rings.ts'
import { clusterOf } from '../../../stores/topology.ts'
import { fewNodes } from './layout.ts'
import type { Line } from './line.ts'
import styles from './link-edge.module.css'
import { OpenWay } from './open-way-edge.tsx'

/** One direction of a link: a line with its head, what goes over it, and how old the evidence is when it is old. */
export function LinkEdge({ source, target, data }: EdgeProps) {
  const { t, format } = useWords()
  const now = useHostNow()
  const cluster = useTopology((state) => clusterOf(state.snapshot, source))
  const faults = useTopology((state) => state.snapshot?.faults)
  const sight = cluster
    ? linkSights(cluster, faults ?? [], now).find(({ link }) => link.from === source && link.to === target)
    : undefined
  if (!sight) return null
  const line = data?.line as Line // put there by graph.tsx
  const { condition } = sight
  // Nodes of a chat or a shop know of each other's wires, and most of them never speak: a way that nobody takes is none.
  const isColumned = cluster?.kind === 'chat' || cluster?.kind === 'shop'
  if (isColumned && condition !== 'cut' && (condition === 'never' || sight.link.messagesPerSecond < 0.2)) {
    return <OpenWay source={source} target={target} line={line} />
  }
  const words = labelOf(sight, { t, format })
  const isNext = cluster !== null && isNextInRing(cluster, { source, target }, now)
  // In a large ring all peers watch each other: what goes round is written down, the rest is told by the table.
  const isCrowded = cluster !== null && cluster.kind !== 'notary' && cluster.nodes.length > fewNodes
  // There what is asked and answered is told; that two nodes can hear each other is not.
  const isBusy = isColumned && sight.link.messagesPerSecond >= 1
  const isLabelled = !isCrowded || isNext || isBusy || condition === 'cut'
  return (
    <g
      className={styles.link}
      data-link={`${source}>${target}`}
      data-condition={condition}
      data-faults={sight.link.faults.length}
      data-next={isNext}
      data-faint={isCrowded && !isNext && !isBusy}
    >
      <title>{`${t('node.linkLabel', { from: source, to: target })}: ${words.join(', ')}`}</title>
      <LinkPath line={line} isCut={condition === 'cut'} />
      {isLabelled ? (
        <text className={styles.label} textAnchor={line.label.anchor} y={line.label.y}>
          {words.map((text, index) => (
            <tspan key={text} x={line.label.x} dy={index > 0 ? '1.15em' : words.length > 1 ? '-0.2em' : '0.35em'}>
              {text}
            </tspan>
          ))}
        </text>
      ) : null}
    </g>
  )
}

/** The peer at its beginning says that it gives its messages to the one at its end: the ring as it is now. */
function isNextInRing(
  cluster: ClusterCard,
  { source, target }: Pick<EdgeProps, 'source' | 'target'>,
  now: number,
): boolean {
  if (cluster.kind !== 'ring') return false
  const from = cluster.nodes.find(({ id }) => id === source)
  const next = from === undefined ? null : (spokenFacts(from, now)?.next ?? null)
  return next !== null && cluster.nodes.some(({ id, view }) => id === target && view?.ring?.id === next)
}

function LinkPath({ line, isCut }: { readonly line: Line; readonly isCut: boolean }) {
  const { from, to, middle, degrees } = line
  const gap = { x: Math.cos((degrees * Math.PI) / 180) * 11, y: Math.sin((degrees * Math.PI) / 180) * 11 }
  const whole = `M${from.x} ${from.y}L${to.x} ${to.y}`
  const severed = `M${from.x} ${from.y}L${middle.x - gap.x} ${middle.y - gap.y}M${middle.x + gap.x} ${middle.y + gap.y}L${to.x} ${to.y}`
  return (
    <>
      <path className={styles.line} d={isCut ? severed : whole} />
      <path className={styles.head} d="M0 0L-9 4L-9 -4Z" transform={`translate(${to.x} ${to.y}) rotate(${degrees})`} />
      {isCut ? (
        <path className={styles.cut} d="M-6 -6L6 6M6 -6L-6 6" transform={`translate(${middle.x} ${middle.y})`} />
      ) : null}
    </>
  )
}

/** Two short lines: what goes over it, and how fast or how long ago. */
function labelOf(
  { link, condition, heardMsAgo }: LinkSight,
  { t, format }: Pick<Speech, 't' | 'format'>,
): readonly string[] {
  const age = heardMsAgo === null ? [] : [format.coarse(heardMsAgo)]
  if (condition === 'ended' || condition === 'never') return [t(`node.linkState.${condition}`)]
  if (condition !== 'live') return [t(`node.linkState.${condition}`), ...age]
  const rate = t('node.perSecond', { value: format.number(Math.round(link.messagesPerSecond)) })
  const latency = link.latencyMs === null ? [] : [format.duration(link.latencyMs)]
  return [link.faults.length > 0 ? `⚡ ${rate}` : rate, ...latency]
}
