import type { EdgeProps } from '@xyflow/react'
import { type Speech, useWords } from '../../../i18n/use-words.ts'
import { useHostNow, useTopology } from '../../../stores/context.tsx'
import { type LinkSight, linkSights } from '../../../stores/derived/links.ts'
import { clusterOf } from '../../../stores/topology.ts'
import type { Line } from './line.ts'
import styles from './link-edge.module.css'

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
  const words = labelOf(sight, { t, format })
  return (
    <g
      className={styles.link}
      data-link={`${source}>${target}`}
      data-condition={condition}
      data-faults={sight.link.faults.length}
    >
      <title>{`${t('node.linkLabel', { from: source, to: target })}: ${words.join(', ')}`}</title>
      <LinkPath line={line} isCut={condition === 'cut'} />
      <text className={styles.label} textAnchor={line.label.anchor} y={line.label.y}>
        {words.map((text, index) => (
          <tspan key={text} x={line.label.x} dy={index > 0 ? '1.15em' : words.length > 1 ? '-0.2em' : '0.35em'}>
            {text}
          </tspan>
        ))}
      </text>
    </g>
  )
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
