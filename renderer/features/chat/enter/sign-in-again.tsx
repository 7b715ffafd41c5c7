import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ChatSession } from '#contract/worker/chat-calls'
import type { FailureCode } from '#kit/failures'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import styles from './enter.module.css'

/** The token has ended, here or everywhere. What is written meanwhile waits, and is said when its author is known again. */
export function SignInAgain({ session: { user } }: { readonly session: ChatSession }) {
  const { t } = useWords()
  const { ask } = useActions()
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureCode | null>(null)
  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const result = await ask('chat.signIn', { user, password })
    setBusy(false)
    setPassword('')
    setFailure(result.ok ? null : result.failure.code)
  }
  return (
    <form className={styles.again} data-testid="chat-sign-in-again" onSubmit={(event) => void enter(event)}>
      <p>{t('chat.enter.ended', { user })}</p>
      <PasswordInput
        aria-label={t('chat.enter.password')}
        placeholder={t('chat.enter.password')}
        autoComplete="off"
        value={password}
        onChange={({ currentTarget: { value } }) => setPassword(value)}
      />
      <Button type="submit" loading={isBusy} disabled={password === ''}>
        {t('chat.enter.signIn')}
      </Button>
      {failure === null ? null : <Refusal code={failure} />}
    </form>
  )
}
