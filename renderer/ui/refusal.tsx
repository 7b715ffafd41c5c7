import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type FailureCode, failures } from '#kit/failures'
import { useWords } from '../i18n/use-words.ts'
import styles from './refusal.module.css'

interface RefusalProps {
  readonly code: FailureCode
  readonly onRetry?: () => void
}

/** A refusal in plain words, with what to try, and its code for whoever helps. */
export function Refusal({ code, onRetry }: RefusalProps) {
  const { t } = useWords()
  return (
    <div className={styles.refusal} role="alert">
      <IconAlertTriangle size={20} aria-hidden="true" />
      <div>
        <p className={styles.title}>{t(`failures.${code}.title`)}</p>
        <p>{t(`failures.${code}.hint`)}</p>
        {failures[code].definite ? null : <p>{t('problem.maybe')}</p>}
        <p className={styles.code}>{t('problem.code', { code })}</p>
        {onRetry ? (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
