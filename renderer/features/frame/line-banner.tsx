import { IconPlugConnectedX } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { useWords } from '../../i18n/use-words.ts'
import { useHands, useTopology, useUi } from '../../stores/context.tsx'
import styles from './strip.module.css'

/** Says that what is on the screen is no longer fed, and how old it is. */
export function LineBanner() {
  const { t, format } = useWords()
  const { stores } = useHands()
  const line = useUi((state) => state.line)
  const receivedMs = useTopology((state) => (state.snapshot === null ? null : state.receivedMs))
  const now = useStore(stores.now, (state) => state.nowMs)
  if (line === 'open') return null
  const age = receivedMs === null ? null : format.coarse(now - receivedMs)
  const lost = age === null ? t('frame.lostAtOnce') : t('frame.lost', { age })
  return (
    <div className={styles.strip} data-tone="bad" role="status" data-testid="line-banner" data-line={line}>
      <IconPlugConnectedX size={18} aria-hidden="true" />
      {line === 'refused' ? t('frame.refused') : lost}
    </div>
  )
}
