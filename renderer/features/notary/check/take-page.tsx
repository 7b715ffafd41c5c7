import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { saveVerifyPage, verifyPageName } from '../save-verify-page.ts'
import styles from './check-part.module.css'

/** For whoever has no Colmeia, and shall be able to check all the same. */
export function TakePage() {
  const { t } = useWords()
  const [said, setSaid] = useState('')
  const take = async (): Promise<void> => {
    await saveVerifyPage()
    setSaid(t('notary.receipt.saved', { name: verifyPageName }))
  }
  return (
    <section className={styles.sheet}>
      <h2>{t('notary.check.elsewhere')}</h2>
      <p className={styles.hint}>{t('notary.check.elsewhereText')}</p>
      <div className={styles.buttons}>
        <Button size="xs" variant="default" data-testid="take-verify-page" onClick={() => void take()}>
          {t('notary.receipt.page')}
        </Button>
      </div>
      <p className={styles.hint} role="status">
        {said}
      </p>
    </section>
  )
}
