import { Button, Modal } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { FailureCode } from '#kit/failures'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import styles from './enter.module.css'
import { Secret } from './secret.tsx'

export function PasswordDialog({ session, onClose }: { readonly session: string; onClose(): void }) {
  const { t } = useWords()
  const { ask } = useActions()
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureCode | null>(null)
  const [isDone, setDone] = useState(false)
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    const result = await ask('chat.setPassword', { session, password, newPassword })
    setBusy(false)
    if (result.ok) setDone(true)
    else setFailure(result.failure.code)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('chat.enter.setPassword')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {isDone ? (
        <p role="status">{t('chat.enter.passwordSet')}</p>
      ) : (
        <form className={styles.fields} onSubmit={(event) => void save(event)}>
          <Secret label={t('chat.enter.oldPassword')} value={password} onChange={setPassword} />
          <Secret
            label={t('chat.enter.newPassword')}
            description={t('chat.enter.passwordHint')}
            value={newPassword}
            onChange={setNewPassword}
          />
          {failure === null ? null : <Refusal code={failure} />}
          <Button type="submit" loading={isBusy} disabled={password === '' || newPassword === ''}>
            {t('chat.enter.save')}
          </Button>
        </form>
      )}
    </Modal>
  )
}
