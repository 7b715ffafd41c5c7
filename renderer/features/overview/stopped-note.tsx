import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useTopology } from '../../stores/context.tsx'
import styles from './stopped-note.module.css'

/** In the middle of a picture in which nothing runs: what to do. */
export function StoppedNote({ clusterId }: { readonly clusterId: string }) {
  const { t } = useWords()
  const actions = useActions()
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ id }) => id === clusterId))
  if (cluster?.state !== 'stopped') return null
  return (
    <section className={styles.note} aria-label={t('overview.stoppedTitle')} data-testid="stopped-note">
      <h2>{t('overview.stoppedTitle')}</h2>
      <p>{t('overview.stoppedText')}</p>
      <Button
        leftSection={<IconPlayerPlay size={17} aria-hidden="true" />}
        onClick={() => void actions.call('clusters.start', { clusterId })}
      >
        {t('overview.startCluster', { cluster: t(`overview.clusters.${cluster.kind}`) })}
      </Button>
    </section>
  )
}
