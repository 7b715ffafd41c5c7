import { useWords } from '../../../i18n/use-words.ts'
import { useRecording, useTopology } from '../../../stores/context.tsx'
import styles from './feed.module.css'

/** What is no longer, or never was, in the list. Counted at each place where it can be lost. */
export function Losses() {
  const { t } = useWords()
  const forgotten = useTopology((state) => state.snapshot?.recording.forgotten ?? 0)
  const droppedByNodes = useTopology((state) => state.snapshot?.recording.droppedByNodes ?? 0)
  const skipped = useRecording((state) => state.skipped)
  const words = [
    t('feed.forgotten', { count: forgotten }),
    ...(droppedByNodes > 0 ? [t('feed.droppedByNodes', { count: droppedByNodes })] : []),
    ...(skipped > 0 ? [t('feed.skipped', { count: skipped })] : []),
  ]
  return (
    <p className={styles.losses} data-testid="feed-losses">
      {words.join(' · ')}
    </p>
  )
}
