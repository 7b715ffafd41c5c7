import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconExternalLink, IconUser } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { type ChatSession, chatDeskLimits, type DeskChatStatus } from '#contract/worker/chat-calls'
import type { FailureCode } from '#kit/failures'
import { useWords } from '../../../i18n/use-words.ts'
import { windowOf } from '../../../stores/chat/places.ts'
import { useActions } from '../../../stores/context.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { ProfileWords } from '../standing.tsx'
import styles from './enter.module.css'
import { Secret } from './secret.tsx'

/** Who speaks in this window: an account, or somebody who has signed in on this machine before. */
export function EnterPage({ status }: { readonly status: DeskChatStatus }) {
  const { t } = useWords()
  return (
    <div className={styles.enter} data-testid="chat-enter">
      <h2>{t('chat.enter.title')}</h2>
      <div className={styles.pair}>
        <EnterForm status={status} />
        <section className={styles.card} aria-labelledby="chat-here">
          <h3 id="chat-here">{t('chat.enter.here')}</h3>
          {status.sessions.length === 0 ? (
            <p className={styles.soft}>
              {t(status.abilities.hasAccounts ? 'chat.enter.nobody' : 'chat.enter.nobodyByName')}
            </p>
          ) : (
            <>
              <p className={styles.soft}>{t('chat.enter.hereHint')}</p>
              <ul className={styles.sessions}>
                {status.sessions.map((session) => (
                  <Known key={session.session} session={session} />
                ))}
              </ul>
            </>
          )}
          <h3>{t('chat.enter.about')}</h3>
          <ProfileWords profile={status.profile} />
        </section>
      </div>
    </div>
  )
}

function Known({ session: { session, user } }: { readonly session: ChatSession }) {
  const { t } = useWords()
  const actions = useActions()
  return (
    <li data-testid="chat-known" data-user={user}>
      <IconUser size={18} aria-hidden="true" />
      <strong>{user}</strong>
      <Button size="compact-sm" variant="default" onClick={() => actions.go({ page: 'chat', part: session })}>
        {t('chat.enter.goOn')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconExternalLink size={14} aria-hidden="true" />}
        onClick={() => actions.openWindow(windowOf(session))}
      >
        {t('chat.enter.ownWindow')}
      </Button>
    </li>
  )
}

type Doing = 'signIn' | 'signUp'

function EnterForm({ status: { abilities, sessions } }: { readonly status: DeskChatStatus }) {
  const { t } = useWords()
  const actions = useActions()
  const [doing, setDoing] = useState<Doing>(sessions.length === 0 ? 'signUp' : 'signIn')
  const [user, setUser] = useState('')
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureCode | null>(null)
  const isNew = doing === 'signUp' && abilities.hasAccounts
  const isDifferent = isNew && repeated !== '' && repeated !== password
  const isWhole = user.trim() !== '' && (!abilities.hasAccounts || password !== '') && (!isNew || repeated === password)
  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isBusy || !isWhole) return
    setBusy(true)
    setFailure(null)
    const name = isNew || !abilities.hasAccounts ? 'chat.signUp' : 'chat.signIn'
    const result = await actions.ask(name, { user: user.trim(), password: abilities.hasAccounts ? password : '' })
    setBusy(false)
    if (result.ok) actions.go({ page: 'chat', part: result.value.session })
    else setFailure(result.failure.code)
  }
  return (
    <form className={styles.card} onSubmit={(event) => void enter(event)}>
      {abilities.hasAccounts ? (
        <DoingChoice doing={doing} onDoing={setDoing} />
      ) : (
        <p className={styles.soft}>{t('chat.enter.noPassword')}</p>
      )}
      <TextInput
        label={t('chat.enter.user')}
        description={isNew ? t('chat.enter.userHint') : undefined}
        value={user}
        maxLength={chatDeskLimits.nameCharsMax}
        autoComplete="off"
        data-autofocus
        data-testid="chat-user"
        onChange={({ currentTarget: { value } }) => setUser(value)}
      />
      {abilities.hasAccounts ? (
        <Secret
          label={t('chat.enter.password')}
          description={isNew ? t('chat.enter.passwordHint') : undefined}
          value={password}
          testId="chat-password"
          onChange={setPassword}
        />
      ) : null}
      {isNew ? (
        <Secret
          label={t('chat.enter.repeated')}
          value={repeated}
          error={isDifferent ? t('chat.enter.different') : undefined}
          testId="chat-repeated"
          onChange={setRepeated}
        />
      ) : null}
      {failure === null ? null : <Refusal code={failure} />}
      <Button type="submit" loading={isBusy} disabled={!isWhole} data-testid="chat-enter-button">
        {t(isNew ? 'chat.enter.signUp' : 'chat.enter.signIn')}
      </Button>
    </form>
  )
}

function DoingChoice({ doing, onDoing }: { readonly doing: Doing; onDoing(doing: Doing): void }) {
  const { t } = useWords()
  return (
    <SegmentedControl
      aria-label={t('chat.enter.title')}
      data-testid="chat-doing"
      value={doing}
      data={(['signIn', 'signUp'] as const).map((value) => ({ value, label: t(`chat.enter.${value}`) }))}
      onChange={(value) => onDoing(value === 'signIn' ? 'signIn' : 'signUp')}
    />
  )
}
