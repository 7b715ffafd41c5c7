import type { NodeProps } from '@xyflow/react'
import { useWords } from '../../../i18n/use-words.ts'
import { useTopology } from '../../../stores/context.tsx'
import styles from './cluster-frame.module.css'

/** The border around a cluster's nodes, with its name and state. */
export function ClusterFrame({ data }: NodeProps) {
  const { t, format } = useWords()
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ id }) => id === data.clusterId))
  if (!cluster) return null
  const running = cluster.nodes.filter(({ state }) => state.kind === 'running').length
  const size = t('overview.clusterSize', {
    running: format.number(running),
    all: format.number(cluster.nodes.length),
  })
  const { commitsPerSecond } = cluster
  return (
    <div
      className={styles.frame}
      data-testid={`cluster-${cluster.id}`}
      data-cluster-id={cluster.id}
      data-cluster-state={cluster.state}
      data-commits-per-second={commitsPerSecond ?? undefined}
    >
      <h2 className={styles.title}>
        {t(`overview.clusters.${cluster.kind}`)}
        <span>{cluster.state === 'running' ? size : t(`overview.clusterState.${cluster.state}`)}</span>
        {commitsPerSecond === null ? null : <span>{t('log.commits', { value: format.number(commitsPerSecond) })}</span>}
      </h2>
    </div>
  )
}
