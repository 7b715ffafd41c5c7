import { type Speech, useWords } from '../../../i18n/use-words.ts'
import type { LogScale, LogSight } from '../../../stores/derived/log-sight.ts'
import type { Standing } from '../../../stores/derived/membership.ts'
import { LogBar } from './log-bar.tsx'
import styles from './log-line.module.css'

interface LogLineProps {
  readonly sight: LogSight | null
  readonly scale: LogScale
  readonly standing: Standing
}

/** What a card is wide inside. */
const barWidth = 190

/** The log of a node on its card: the bar, and in words what one looks for first: is anything missing, is anything open. */
export function LogLine({ sight, scale, standing }: LogLineProps) {
  const speech = useWords()
  const { t, format } = speech
  if (sight === null) return <span className={styles.log} />
  const { log, isOld, behind } = sight
  const isEmpty = log.lastIndex === 0
  return (
    <span className={styles.log} data-old={isOld} title={logWords(sight, scale, speech)}>
      <LogBar sight={sight} scale={scale} isLearner={standing === 'learner'} width={barWidth} />
      <span className={styles.figures}>
        <span>{isEmpty ? t('log.empty') : t('log.last', { index: format.number(log.lastIndex) })}</span>
        {behind === null || behind === 0 ? (
          <span>{isEmpty ? '' : t('log.open', { count: Math.max(0, log.lastIndex - log.committedIndex) })}</span>
        ) : (
          <span className={styles.behind}>{t('log.behind', { count: behind })}</span>
        )}
      </span>
    </span>
  )
}

/** The same in full, for whoever points at it. */
function logWords({ log, isOld }: LogSight, scale: LogScale, { t, format }: Speech): string {
  const words = t('log.hint', {
    last: format.number(log.lastIndex),
    committed: format.number(log.committedIndex),
    applied: format.number(log.appliedIndex),
    snapshot: format.number(log.snapshotIndex),
  })
  const drawn = t('log.scale', { from: format.number(scale.from), to: format.number(scale.to) })
  return [words, ...(isOld ? [t('log.hintOld')] : []), drawn].join(' ')
}
