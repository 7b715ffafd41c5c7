import type { NodeCard } from '#contract/window/topology'
import type { ClockSyncView, NodeView } from '#contract/worker/view'
import { listed } from '../../../i18n/sentences/listed.ts'
import { type Speech, useWords } from '../../../i18n/use-words.ts'
import { Age } from '../../../ui/age.tsx'
import { Fact } from './fact.tsx'
import styles from './node-panel.module.css'

interface ClockFactsProps {
  readonly node: NodeCard
  readonly view: NodeView
}

/** Both clocks of a node: the one that only counts, and the one on the wall with what is known of its error. */
export function ClockFacts({ node, view }: ClockFactsProps) {
  const speech = useWords()
  const { t, format } = speech
  const { clockSync, skewMs } = view
  return (
    <section className={styles.section} data-testid="clock">
      <h3>{t('panel.clock')}</h3>
      <dl className={styles.facts}>
        <Fact name={t('panel.lamport')}>{format.number(view.lamport)}</Fact>
        {clockSync === null ? (
          <Fact name={t('panel.offset')}>{t('panel.noClockSync')}</Fact>
        ) : (
          <SyncFacts sync={clockSync} node={node} speech={speech} />
        )}
        <Fact name={t('panel.skew')}>
          <span data-testid="clock-skew" data-skew-ms={skewMs}>
            {skewMs === 0 ? t('common.none') : signed(skewMs, speech)}
          </span>
        </Fact>
      </dl>
    </section>
  )
}

interface SyncFactsProps {
  readonly sync: ClockSyncView
  readonly node: NodeCard
  readonly speech: Speech
}

function SyncFacts({ sync, node, speech }: SyncFactsProps) {
  const { t, format, language } = speech
  const { coordinator, offsetMs, errorMs, lastSyncMsAgo, takenPart, outliers } = sync
  const isCoordinator = coordinator === node.id
  return (
    <>
      <Fact name={t('panel.coordinator')}>
        {coordinator === null ? t('panel.noCoordinator') : isCoordinator ? t('panel.itself') : coordinator}
      </Fact>
      <Fact name={t('panel.offset')}>
        <span data-testid="clock-offset" data-offset-ms={offsetMs} data-error-ms={errorMs ?? undefined}>
          {errorMs === null ? t('panel.neverSynced') : `${signed(offsetMs, speech)} ± ${exact(errorMs, speech)}`}
        </span>
      </Fact>
      <Fact name={t('panel.lastSync')}>
        {/* As old as it was when the node said so, and as old as what it said has become since. */}
        <Age wallMs={lastSyncMsAgo === null ? null : (node.viewWallMs ?? 0) - lastSyncMsAgo} />
      </Fact>
      {takenPart === null ? null : <Fact name={t('panel.takenPart')}>{format.number(takenPart)}</Fact>}
      {takenPart === null && outliers.length === 0 ? null : (
        <Fact name={t('panel.outliers')}>{outliers.length === 0 ? t('panel.nobody') : listed(outliers, language)}</Fact>
      )}
    </>
  )
}

function signed(ms: number, speech: Speech): string {
  return `${ms < 0 ? '−' : '+'}${exact(Math.abs(ms), speech)}`
}

/** However many they are: what a fault put wrong and what was pulled back are there to be compared. */
function exact(ms: number, { format }: Speech): string {
  return `${format.number(ms)}\u00a0ms`
}
