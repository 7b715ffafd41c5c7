import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useTopology } from '../../stores/context.tsx'
import styles from './settings-page.module.css'

/** The one thing here that cannot be undone; so it asks, in words that say what goes. */
export function ResetLab() {
  const { t } = useWords()
  const { call } = useActions()
  const lab = useTopology((state) => state.snapshot?.lab ?? '')
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [isDone, setDone] = useState(false)
  const reset = async (): Promise<void> => {
    setBusy(true)
    const { ok } = await call('lab.reset', {})
    setBusy(false)
    setAsking(false)
    setDone(ok)
  }
  return (
    <section className={styles.group}>
      <h2>{t('settings.danger')}</h2>
      <div className={styles.row}>
        <div>
          <p className={styles.name}>{t('settings.reset')}</p>
          <p className={styles.hint}>{t('settings.resetText')}</p>
          <p role="status">{isDone ? t('settings.resetDone') : ''}</p>
        </div>
        <Button variant="default" className={styles.danger} data-testid="reset-lab" onClick={() => setAsking(true)}>
          {t('settings.reset')}
        </Button>
      </div>
      <Modal
        opened={isAsking}
        centered
        title={t('settings.resetAsk', { lab })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        onClose={() => setAsking(false)}
      >
        <p>{t('settings.resetText')}</p>
        <div className={styles.buttons}>
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button
            variant="default"
            className={styles.danger}
            loading={isBusy}
            data-testid="reset-confirm"
            onClick={() => void reset()}
          >
            {t('settings.resetConfirm')}
          </Button>
        </div>
      </Modal>
    </section>
  )
}
