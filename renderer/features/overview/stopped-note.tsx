import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import type { ClusterKind } from '#contract/window/topology'
import { type Speech, useWords } from '../../i18n/use-words.ts'
import { useActions, useTopology, useUi } from '../../stores/context.tsx'
import styles from './stopped-note.module.css'

/** In the middle of a picture in which nothing runs: what to do. Where something does, it would stand in its way. */
export function StoppedNote({ clusterId }: { readonly clusterId: string }) {
  const { t } = useWords()
  const actions = useActions()
  const isAlone = useUi(({ closeUp }) => closeUp === clusterId)
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ id }) => id === clusterId))
  const isAllStopped = useTopology(({ snapshot }) => snapshot?.clusters.every(({ state }) => state === 'stopped'))
  if (cluster?.state !== 'stopped' || !(isAlone || isAllStopped)) return null
  const { title, text } = wordsOf(cluster.kind, t)
  return (
    <section className={styles.note} aria-label={title} data-testid="stopped-note">
      <h2>{title}</h2>
      <p>{text}</p>
      <Button
        leftSection={<IconPlayerPlay size={17} aria-hidden="true" />}
        onClick={() => void actions.call('clusters.start', { clusterId })}
      >
        {t('overview.startCluster', { cluster: t(`overview.clusters.${cluster.kind}`) })}
      </Button>
    </section>
  )
}

function wordsOf(kind: ClusterKind, t: Speech['t']): { readonly title: string; readonly text: string } {
  switch (kind) {
    case 'notary':
      return { title: t('overview.stoppedTitle'), text: t('overview.stoppedText') }
    case 'ring':
      return { title: t('overview.stoppedRingTitle'), text: t('overview.stoppedRingText') }
    case 'chat':
      return { title: t('overview.stoppedChat.title'), text: t('overview.stoppedChat.text') }
    case 'shop':
      return { title: t('overview.stoppedShop.title'), text: t('overview.stoppedShop.text') }
    case 'desk':
      return { title: t('overview.stoppedDesk.title'), text: t('overview.stoppedDesk.text') }
  }
}
