import type { NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { useHostNow, useTopology } from '../../../stores/context.tsx'
import { type LogSight, logScale, logSight } from '../../../stores/derived/log-sight.ts'
import { membershipOf, standingIn } from '../../../stores/derived/membership.ts'
import { clusterOf } from '../../../stores/topology.ts'
import { Empty } from '../../../ui/empty.tsx'
import { LogBar } from '../log/log-bar.tsx'
import { Fact } from './fact.tsx'
import styles from './node-panel.module.css'
import { OldView } from './old-view.tsx'
import { PeerPositions } from './peer-positions.tsx'

const barWidth = 384

/** Where the node is in its group's log; at a leader also how far it knows the others to be. */
export function PositionsTab({ node }: { readonly node: NodeCard }) {
  const { t } = useWords()
  const now = useHostNow()
  const cluster = useTopology((state) => clusterOf(state.snapshot, node.id))
  const sight = cluster === null ? null : logSight(cluster, node, now)
  if (cluster === null || sight === null) return <Empty text={t('log.noLog')} />
  const standing = standingIn(membershipOf(cluster, now), node.id)
  return (
    <>
      <OldView node={node} />
      <section className={styles.section}>
        <h3>{t('log.own')}</h3>
        <LogBar sight={sight} scale={logScale(cluster)} isLearner={standing === 'learner'} width={barWidth} />
        <dl className={styles.facts} data-testid="positions">
          <Fact name={t('log.standing_')}>{t(`log.standing.${standing}`)}</Fact>
          <PositionFacts sight={sight} />
        </dl>
      </section>
      <PeerPositions cluster={cluster} node={node} sight={sight} />
    </>
  )
}

function PositionFacts({ sight: { log, behind } }: { readonly sight: LogSight }) {
  const { t, format } = useWords()
  const last = { index: format.number(log.lastIndex), term: format.number(log.lastTerm) }
  return (
    <>
      <Fact name={t('log.lastEntry')}>{t('log.ofTerm', last)}</Fact>
      <Fact name={t('log.committedIndex')}>{format.number(log.committedIndex)}</Fact>
      <Fact name={t('log.appliedIndex')}>{format.number(log.appliedIndex)}</Fact>
      <Fact name={t('log.snapshotIndex')}>{format.number(log.snapshotIndex)}</Fact>
      <Fact name={t('log.behindValue')}>{behind === null ? t('log.notKnown') : format.number(behind)}</Fact>
    </>
  )
}
