import { SegmentedControl } from '@mantine/core'
import type { ClusterCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import styles from './chain-part.module.css'

/** With how many peers the notary begins. Once one has run, its members are a matter of its log. */
export function SizeChoice({ cluster }: { readonly cluster: ClusterCard | null }) {
  const { t, format } = useWords()
  const { call } = useActions()
  if (cluster === null) return null
  if (cluster.sizes === null) {
    return (
      <p className={styles.founded} data-testid="founded">
        {t('notary.chain.founded', { peers: format.number(cluster.nodes.length) })}
      </p>
    )
  }
  const { min, max } = cluster.sizes
  const sizes = Array.from({ length: max - min + 1 }, (_, place) => min + place)
  const found = (nodes: number): void => void call('clusters.found', { clusterId: cluster.id, nodes })
  return (
    <div className={styles.dialect}>
      <div>
        <h3>{t('notary.chain.founding')}</h3>
        <p className={styles.hint}>{t('notary.chain.foundingText')}</p>
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t('notary.chain.founding')}
        data-testid="founding"
        data-size-chosen={cluster.nodes.length}
        value={String(cluster.nodes.length)}
        data={sizes.map((size) => ({ value: String(size), label: format.number(size) }))}
        onChange={(value) => found(Number(value))}
      />
    </div>
  )
}
