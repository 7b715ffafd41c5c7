import { ActionIcon } from '@mantine/core'
import { IconArrowsSplit2, IconMaximize, IconMinimize } from '@tabler/icons-react'
import type { NodeProps } from '@xyflow/react'
import { useWords } from '../../../i18n/use-words.ts'
import { useHands, useHostNow, useTopology, useUi } from '../../../stores/context.tsx'
import { ringSight } from '../../../stores/derived/rings.ts'
import styles from './cluster-frame.module.css'

/** The border around a cluster's nodes, with its name and state. */
export function ClusterFrame({ data }: NodeProps) {
  const { t, format } = useWords()
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ id }) => id === data.clusterId))
  const now = useHostNow()
  if (!cluster) return null
  const running = cluster.nodes.filter(({ state }) => state.kind === 'running').length
  const size = t('overview.clusterSize', {
    running: format.number(running),
    all: format.number(cluster.nodes.length),
  })
  const { commitsPerSecond } = cluster
  const rings = cluster.kind === 'ring' ? ringSight(cluster, now).rings.filter(({ isLed }) => isLed).length : 0
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
        {rings > 1 ? (
          <strong className={styles.split} data-testid="cluster-split">
            <IconArrowsSplit2 size={14} aria-hidden="true" />
            {t('overview.ring.rings', { count: rings })}
          </strong>
        ) : null}
        {commitsPerSecond === null ? null : <span>{t('log.commits', { value: format.number(commitsPerSecond) })}</span>}
      </h2>
      <CloseUp id={cluster.id} name={t(`overview.clusters.${cluster.kind}`)} />
    </div>
  )
}

function CloseUp({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useWords()
  const { stores } = useHands()
  const isAlone = useUi((state) => state.closeUp === id)
  const Icon = isAlone ? IconMinimize : IconMaximize
  const label = isAlone ? t('overview.allClusters') : t('overview.closeUp', { cluster: name })
  return (
    <ActionIcon
      className={`${styles.closeUp} nodrag nopan`}
      variant="default"
      aria-label={label}
      title={label}
      aria-pressed={isAlone}
      data-testid={`close-up-${id}`}
      onClick={() => stores.ui.setState({ closeUp: isAlone ? null : id })}
    >
      <Icon size={18} aria-hidden="true" />
    </ActionIcon>
  )
}
