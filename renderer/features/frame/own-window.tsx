import { IconExternalLink } from '@tabler/icons-react'
import { useWords } from '../../i18n/use-words.ts'
import { useHands } from '../../stores/context.tsx'
import styles from './switch.module.css'

/** The place that is shown now, in a window of its own. */
export function OwnWindow() {
  const { t } = useWords()
  const { actions, stores } = useHands()
  return (
    <button
      type="button"
      className={styles.switch}
      aria-label={t('frame.ownWindow')}
      title={t('frame.ownWindow')}
      data-testid="own-window"
      onClick={() => actions.openWindow(stores.ui.getState().route)}
    >
      <IconExternalLink size={19} stroke={1.7} aria-hidden="true" />
    </button>
  )
}
