import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import styles from './busy.module.css'

/** Waits shorter than this show nothing: a sign that flashes is worse than none. */
const patienceMs = 300

export function Busy() {
  const { t } = useWords()
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setLong(true), patienceMs)
    return () => window.clearTimeout(timer)
  }, [])
  if (!isLong) return <div className={styles.busy} aria-busy="true" data-testid="busy" />
  return (
    <div className={styles.busy} role="status" data-testid="busy">
      <Loader size="sm" type="dots" color="var(--accent)" />
      <span>{t('common.loading')}</span>
    </div>
  )
}
