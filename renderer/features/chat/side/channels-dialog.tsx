import { Button, Modal, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type ChatAbilities, type ChatSession, type ConversationRow, chatDeskLimits } from '#contract/worker/chat-calls'
import type { FailureCode } from '#kit/failures'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useChatClient } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import styles from './side.module.css'
import { usePages } from './use-pages.ts'

interface ChannelsDialogProps {
  readonly session: ChatSession
  readonly abilities: ChatAbilities
  onClose(): void
}

/** All public channels, to join or look into, and a new one. */
export function ChannelsDialog({ session: { session }, abilities, onClose }: ChannelsDialogProps) {
  const { t } = useWords()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('chat.side.new.title')}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.dialog} data-testid="chat-channels">
        <CreateForm session={session} abilities={abilities} onDone={onClose} />
        <h3>{t('chat.side.new.list')}</h3>
        <Channels session={session} onDone={onClose} />
      </div>
    </Modal>
  )
}

/** Public channels, page by page, each with the way into it. */
export function Channels({ session, onDone }: { readonly session: string; onDone(): void }) {
  const { t } = useWords()
  const { call } = useActions()
  const client = useChatClient()
  const { rows, failure, next, isReading, more } = usePages(async (ask, page) => {
    const result = await ask('chat.channels', { session, ...page })
    return result.ok ? { ok: true, value: { rows: result.value.channels, next: result.value.next } } : result
  })
  if (failure !== null) return <Refusal code={failure} onRetry={more} />
  if (rows === null) return <Busy />
  if (rows.length === 0) return <p className={styles.none}>{t('chat.side.new.empty')}</p>
  const enter = async (row: ConversationRow): Promise<void> => {
    const joined = row.isMember ? null : await call('chat.join', { session, channel: row.name })
    if (joined !== null && !joined.ok) return
    client.open(row.id)
    onDone()
  }
  return (
    <>
      <ul className={styles.found}>
        {rows.map((row) => (
          <li key={row.id} data-testid="chat-channel" data-name={row.name}>
            <span>
              <strong>#{row.name}</strong>
              {row.title === '' ? null : <small>{row.title}</small>}
              <small>{t('chat.side.members', { count: row.members })}</small>
            </span>
            <Button size="compact-sm" variant="default" onClick={() => void enter(row)}>
              {t(row.isMember ? 'chat.side.show' : 'chat.side.join')}
            </Button>
          </li>
        ))}
      </ul>
      {next === null ? null : (
        <Button size="compact-sm" variant="default" loading={isReading} onClick={more}>
          {t('chat.side.more')}
        </Button>
      )}
    </>
  )
}

interface CreateFormProps {
  readonly session: string
  readonly abilities: ChatAbilities
  onDone(): void
}

function CreateForm({ session, abilities, onDone }: CreateFormProps) {
  const { t } = useWords()
  const { ask } = useActions()
  const client = useChatClient()
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const [isPrivate, setPrivate] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureCode | null>(null)
  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    const result = await ask('chat.create', { session, name: plain(name), title: title.trim(), isPrivate })
    setBusy(false)
    if (!result.ok) return setFailure(result.failure.code)
    client.open(result.value.id)
    onDone()
  }
  return (
    <form className={styles.create} onSubmit={(event) => void create(event)}>
      <TextInput
        label={t('chat.side.new.name')}
        description={t('chat.side.new.nameHint')}
        value={name}
        maxLength={chatDeskLimits.nameCharsMax}
        data-autofocus
        data-testid="chat-new-name"
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <TextInput
        label={t('chat.side.new.about')}
        value={title}
        maxLength={chatDeskLimits.titleCharsMax}
        onChange={({ currentTarget: { value } }) => setTitle(value)}
      />
      {abilities.hasPrivate ? (
        <Switch
          label={t('chat.side.new.isPrivate')}
          checked={isPrivate}
          data-testid="chat-new-private"
          onChange={({ currentTarget: { checked } }) => setPrivate(checked)}
        />
      ) : null}
      {failure === null ? null : <Refusal code={failure} />}
      <Button type="submit" loading={isBusy} disabled={plain(name) === ''} data-testid="chat-create">
        {t('chat.side.new.button')}
      </Button>
    </form>
  )
}

/** The sign is how a channel is written, and no part of its name. */
function plain(name: string): string {
  return name.trim().replace(/^#/, '')
}
