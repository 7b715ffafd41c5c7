import type { EdgeProps } from '@xyflow/react'
import { useWords } from '../../../i18n/use-words.ts'
import { useTopology } from '../../../stores/context.tsx'
import { openWays } from '../../../stores/derived/open-ways.ts'
import type { Line } from './line.ts'
import styles from './link-edge.module.css'

export function OpenWayEdge({ source, target, data }: EdgeProps) {
  return <OpenWay source={source} target={target} line={data?.line as Line} /> // put there by graph.tsx
}

interface OpenWayProps extends Pick<EdgeProps, 'source' | 'target'> {
  readonly line: Line
}

/** A way over a plain socket: that it is there is known, and what goes over it nobody counts. */
export function OpenWay({ source, target, line }: OpenWayProps) {
  const { t } = useWords()
  const way = useTopology(({ snapshot }) => {
    const ways = snapshot?.clusters.flatMap(openWays) ?? []
    return ways.find(({ from, to }) => from === source && to === target)?.kind
  })
  if (way === undefined) return null
  const { from, to, degrees } = line
  return (
    <g className={styles.link} data-way={`${source}>${target}`} data-open={way}>
      <title>{`${t('node.linkLabel', { from: source, to: target })}: ${t(`overview.chat.way.${way}`)}`}</title>
      <path className={styles.line} d={`M${from.x} ${from.y}L${to.x} ${to.y}`} />
      <path className={styles.head} d="M0 0L-9 4L-9 -4Z" transform={`translate(${to.x} ${to.y}) rotate(${degrees})`} />
    </g>
  )
}
