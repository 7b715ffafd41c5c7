import { useWords } from '../../i18n/use-words.ts'
import styles from './notary-page.module.css'
import { useNotaryLeader, useNotaryStatus } from './use-status.ts'

/** What the notary is, and how it stands at this moment. */
export function Headline() {
  const { t, format } = useWords()
  const { answer } = useNotaryStatus()
  const status = answer?.ok ? answer.value : null
  const leader = useNotaryLeader()
  return (
    <header className={styles.header}>
      <h1>{t('notary.title')}</h1>
      {status === null ? null : (
        <ul className={styles.standing} data-testid="notary-standing" data-size={status.size}>
          <li>{t('notary.records', { count: Math.max(0, status.size - 1) })}</li>
          <li>{leader === null ? t('notary.noLeader') : t('notary.leader', { leader })}</li>
          {status.witnessedSize > 1 ? (
            <li>{t('notary.witnessed', { index: format.number(status.witnessedSize - 1) })}</li>
          ) : null}
        </ul>
      )}
      <p>{t('notary.lead')}</p>
    </header>
  )
}
