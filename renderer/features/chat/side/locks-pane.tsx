import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { LockRow } from '#contract/worker/chat'
import { type ChatSession, chatDeskLimits } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useChat, useHostNow } from '../../../stores/context.tsx'
import styles from './side.module.css'

/** Central mutual exclusion, as it is taught: who asks, who holds, who waits, and under which number. */
export function LocksPane({ session: { session } }: { readonly session: ChatSession }) {
  const { t } = useWords()
  const { call } = useActions()
  const locks = useChat((state) => state.locks)
  const [name, setName] = useState('')
  const [asked, setAsked] = useState<string | null>(null)
  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const lock = name.trim()
    if (lock === '') return
    const result = await call('chat.askLock', { session, lock })
    setAsked(result.ok ? lock : null)
  }
  /** As it is now: what was granted may have been given back since, and who waited may have it. */
  const standing = (): string => {
    const row = asked === null ? undefined : locks.get(asked)
    if (row === undefined) return ''
    if (isOf(session, row.holder)) return t('chat.side.lock.granted', { fence: row.fence })
    return row.waiting.some((who) => isOf(session, who)) ? t('chat.side.lock.waits') : ''
  }
  const rows = [...locks.values()].sort((one, other) => (one.lock < other.lock ? -1 : 1))
  return (
    <div className={styles.about} data-testid="chat-locks">
      <p className={styles.soft}>{t('chat.side.lock.about')}</p>
      <form className={styles.row} onSubmit={(event) => void ask(event)}>
        <TextInput
          aria-label={t('chat.side.lock.name')}
          placeholder={t('chat.side.lock.name')}
          value={name}
          maxLength={chatDeskLimits.lockCharsMax}
          data-testid="chat-lock-name"
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <Button type="submit" size="sm" variant="default" disabled={name.trim() === ''} data-testid="chat-lock-ask">
          {t('chat.side.lock.ask')}
        </Button>
        <p className={styles.soft} role="status" data-testid="chat-lock-told">
          {standing()}
        </p>
      </form>
      {rows.length === 0 ? (
        <p className={styles.none}>{t('chat.side.lock.empty')}</p>
      ) : (
        <ul className={styles.locks}>
          {rows.map((lock) => (
            <Lock key={lock.lock} row={lock} session={session} />
          ))}
        </ul>
      )}
    </div>
  )
}

/** Whose it is stands behind the desk by which they came. */
function isOf(session: string, who: string | null): boolean {
  return who?.split('/').at(-1) === session
}

function Lock({
  row: { lock, holder, fence, untilMs, waiting },
  session,
}: {
  readonly row: LockRow
  readonly session: string
}) {
  const { t, format } = useWords()
  const { call } = useActions()
  const leftMs = untilMs - useHostNow()
  const isOwn = isOf(session, holder)
  const nameOf = (who: string): string => (isOf(session, who) ? t('chat.side.lock.you') : who)
  return (
    <li data-testid="chat-lock" data-lock={lock} data-fence={fence} data-own={isOwn}>
      <p>
        <strong>{lock}</strong> · {t('chat.side.lock.fence', { fence })}
      </p>
      <p className={styles.soft}>
        {holder === null ? t('chat.side.lock.free') : t('chat.side.lock.holder', { holder: nameOf(holder) })}
        {holder === null
          ? ''
          : ` · ${leftMs > 0 ? t('chat.side.lock.left', { time: format.coarse(leftMs) }) : t('chat.side.lock.over')}`}
      </p>
      {waiting.length === 0 ? null : (
        <p className={styles.soft}>{t('chat.side.lock.queue', { names: waiting.map(nameOf).join(', ') })}</p>
      )}
      {isOwn ? (
        <Button
          size="compact-sm"
          variant="default"
          data-testid="chat-lock-give"
          onClick={() => void call('chat.giveLock', { session, lock })}
        >
          {t('chat.side.lock.give')}
        </Button>
      ) : null}
    </li>
  )
}
