import { SegmentedControl } from '@mantine/core'
import type { ClusterCard } from '#contract/window/topology'
import { type HttpDialect, httpDialects } from '#contract/worker/dialects'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import styles from './chain-part.module.css'

/** How the peers answer programs of before. Nothing to choose as long as nobody knows how they do. */
export function DialectChoice({ cluster }: { readonly cluster: ClusterCard | null }) {
  const { t } = useWords()
  const { call } = useActions()
  if (cluster === null || cluster.dialect === null) return null
  const speak = (dialect: HttpDialect): void => void call('clusters.speak', { clusterId: cluster.id, dialect })
  return (
    <div className={styles.dialect}>
      <div>
        <h3>{t('notary.chain.dialect')}</h3>
        <p className={styles.hint}>{t('notary.chain.dialectText')}</p>
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t('notary.chain.dialect')}
        data-testid="dialect"
        data-dialect={cluster.dialect}
        value={cluster.dialect}
        data={httpDialects.map((dialect) => ({ value: dialect, label: t(`notary.chain.dialects.${dialect}`) }))}
        onChange={(value) => speak(value as HttpDialect)} // one of the list above
      />
    </div>
  )
}
