import type { CheckVerdict } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './check-part.module.css'

/** The keys behind the signatures, by the fingerprints that people can compare. */
export function Signers({ verdict: { log, witnesses } }: { readonly verdict: CheckVerdict }) {
  const { t } = useWords()
  if (log === null) return null
  return (
    <section>
      <h2>{t('notary.check.keys')}</h2>
      <ul className={styles.signers} data-testid="signers">
        <li>
          <span className={styles.kind}>{t('notary.check.logKey')}</span>
          <span>{log.name}</span>
          <code>{log.fingerprint}</code>
        </li>
        {witnesses.map(({ name, fingerprint, isApproved }) => (
          <li key={name}>
            <span className={styles.kind}>{t('notary.check.witness')}</span>
            <span>{name}</span>
            <code>{fingerprint}</code>
            <span className={styles.hint}>{t(isApproved ? 'notary.check.approved' : 'notary.check.notApproved')}</span>
          </li>
        ))}
      </ul>
      <p className={styles.hint}>{t('notary.check.independence')}</p>
    </section>
  )
}
