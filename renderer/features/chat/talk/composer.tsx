import { Button, CloseButton, Textarea } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import {
  type ChatSession,
  type ConversationRow,
  chatDeskLimits,
  type DeskChatStatus,
} from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { withDraft } from '../../../stores/chat/state.ts'
import { useActions, useChat, useChatClient } from '../../../stores/context.tsx'
import { titleOf } from '../side/names.ts'
import { plainWords } from '../text/markdown.ts'
import { MentionList } from './mention-list.tsx'
import styles from './talk.module.css'
import type { Composing } from './talk-page.tsx'
import { useMentions } from './use-mentions.ts'

interface ComposerProps {
  readonly about: ConversationRow
  readonly session: ChatSession
  readonly status: DeskChatStatus
  readonly composing: Composing
  onDone(): void
  onEditLast(): void
}

/** Stays usable whoever leads or does not: what is sent waits in order, and its ticks say how far it has come. */
export function Composer(props: ComposerProps) {
  const { t } = useWords()
  const { call } = useActions()
  const { about, session } = props
  if (about.isMember) return <Line {...props} />
  return (
    <div className={styles.composer}>
      <Button
        data-testid="chat-join"
        onClick={() => void call('chat.join', { session: session.session, channel: about.name })}
      >
        {t('chat.talk.join')}
      </Button>
    </div>
  )
}

function Line({ about, session, status, composing, onDone, onEditLast }: ComposerProps) {
  const { t } = useWords()
  const { field, text, setText, isBusy, send } = useComposing({ about, session, composing, onDone })
  const mentions = useMentions({ text, field, onText: setText })
  const list = useId()
  const over = text.length - chatDeskLimits.textCharsMax
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While a word is being composed, the keys choose among its spellings.
    if (event.nativeEvent.isComposing || mentions.onKeyDown(event)) return
    if (event.key === 'ArrowUp' && text === '' && composing.kind === 'new') onEditLast()
    if (event.key === 'Escape') onDone()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }
  const name = titleOf(about, session.user, t)
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy && over <= 0) void send()
      }}
    >
      <About composing={composing} onCancel={onDone} />
      <MentionList id={list} names={mentions.names} chosen={mentions.chosen} onChoose={mentions.choose} />
      <div className={styles.line}>
        <Textarea
          ref={field}
          className={styles.input}
          autosize
          minRows={1}
          maxRows={8}
          aria-label={t('chat.talk.composer', { name })}
          placeholder={t('chat.talk.composer', { name })}
          value={text}
          data-testid="chat-composer"
          aria-autocomplete="list"
          aria-controls={mentions.names.length > 0 ? list : undefined}
          aria-activedescendant={mentions.names.length > 0 ? `${list}-${mentions.chosen}` : undefined}
          onChange={({ currentTarget: { value } }) => setText(value)}
          onSelect={mentions.onSelect}
          onBlur={mentions.onBlur}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" loading={isBusy} disabled={text.trim() === '' || over > 0} data-testid="chat-send">
          {t(composing.kind === 'edit' ? 'chat.talk.save' : 'chat.talk.send')}
        </Button>
      </div>
      <p
        className={styles.hint}
        data-tone={status.silentSinceWallMs === null && over <= 0 ? 'soft' : 'warn'}
        role="status"
      >
        {over > 0
          ? t('chat.talk.tooLong', { over })
          : t(status.silentSinceWallMs === null ? 'chat.talk.composerHint' : 'chat.talk.composerLate')}
      </p>
    </form>
  )
}

function About({ composing, onCancel }: { readonly composing: Composing; onCancel(): void }) {
  const { t } = useWords()
  if (composing.kind === 'new' && composing.replyTo === null) return null
  const { kind } = composing
  const words =
    kind === 'new' && composing.replyTo !== null
      ? t('chat.talk.answering', {
          author: composing.replyTo.author,
          text: plainWords(composing.replyTo.text, 80),
        })
      : t('chat.talk.editing')
  return (
    <p className={styles.composing} data-testid="chat-composing" data-kind={kind}>
      <span>{words}</span>
      <CloseButton size="sm" aria-label={t('chat.talk.cancel')} onClick={onCancel} />
    </p>
  )
}

type Parts = Pick<ComposerProps, 'about' | 'session' | 'composing' | 'onDone'>

/** A draft outlives the way to another conversation; an edit does not. */
function useComposing({ about, session: { session }, composing, onDone }: Parts) {
  const { call } = useActions()
  const client = useChatClient()
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useChat((state) => state.drafts[about.id] ?? '')
  const [edited, setEdited] = useState('')
  const [isBusy, setBusy] = useState(false)
  const isEdit = composing.kind === 'edit'
  useEffect(() => {
    if (composing.kind === 'edit') setEdited(composing.row.text)
    field.current?.focus()
  }, [composing])
  const text = isEdit ? edited : draft
  const setText = (value: string): void => {
    if (isEdit) return setEdited(value)
    client.store.setState((state) => withDraft(state, about.id, value))
    if (value !== '') client.types(about.id)
  }
  const send = async (): Promise<void> => {
    if (text.trim() === '') return
    setBusy(true)
    const isDone =
      composing.kind === 'edit'
        ? (await call('chat.edit', { session, id: composing.row.id, text })).ok
        : await client.say(text, composing.replyTo?.id ?? null)
    setBusy(false)
    if (isDone) onDone()
    field.current?.focus()
  }
  return { field, text, setText, isBusy, send }
}
