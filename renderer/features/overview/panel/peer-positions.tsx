import type { ClusterCard, NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { useHostNow } from '../../../stores/context.tsx'
import { leadersOf } from '../../../stores/derived/leaders.ts'
import { type LogSight, peerBehind } from '../../../stores/derived/log-sight.ts'
import { Table } from '../../../ui/table.tsx'
import styles from './node-panel.module.css'

interface PeerPositionsProps {
  readonly cluster: ClusterCard
  readonly node: NodeCard
  readonly sight: LogSight
}

/** A leader's own knowledge of its peers, one a row; elsewhere, whom to look at for it. */
export function PeerPositions({ cluster, node, sight }: PeerPositionsProps) {
  const { t, format } = useWords()
  const now = useHostNow()
  const { log, isOld } = sight
  // What a leader knew before it fell silent says nothing of its peers now.
  if (isOld || node.view?.leadership?.leadership !== 'leader') return <NotALeader cluster={cluster} now={now} />
  if (log.peers.length === 0) return <p className={styles.note}>{t('log.noPeers')}</p>
  const lost: readonly string[] = node.view.leadership.lost
  const columns = [
    { key: 'peer', title: t('log.peer') },
    { key: 'match', title: t('log.match'), isNumber: true },
    { key: 'behind', title: t('log.behind_'), isNumber: true },
    { key: 'state', title: t('log.state') },
    { key: 'presence', title: t('log.presence') },
  ]
  const rows = log.peers.map((known) => {
    const behind = peerBehind(log, known)
    const standing = lost.includes(known.peer) ? 'lost' : known.isVoter ? 'voter' : 'learner'
    return {
      key: known.peer,
      cells: [
        <span key="peer" className={styles.peer}>
          {known.peer}
          {standing === 'voter' ? null : <small>{t(`log.standing.${standing}`)}</small>}
        </span>,
        format.number(known.matchIndex),
        behind === null ? '–' : format.number(behind),
        t(`log.states.${known.state}`),
        t(known.isPresent ? 'log.present' : 'log.absent'),
      ],
    }
  })
  return (
    <section className={`${styles.section} ${styles.tight}`}>
      <h3>{t('log.peers')}</h3>
      <Table caption={t('log.peers')} isCaptionHidden columns={columns} rows={rows} testId="peer-positions" />
      <p className={styles.note}>{t('log.peersNote')}</p>
    </section>
  )
}

function NotALeader({ cluster, now }: { readonly cluster: ClusterCard; readonly now: number }) {
  const { t } = useWords()
  const { leader } = leadersOf(cluster, now)
  const text = leader === null ? t('log.peersNobody') : t('log.peersElsewhere', { leader: leader.id })
  return <p className={`${styles.note} ${styles.after}`}>{text}</p>
}
