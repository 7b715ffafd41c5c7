import { UnstyledButton } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ChatRow } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useChat, useChatClient } from '../../../stores/context.tsx'
import { plainWords } from '../text/markdown.ts'
import styles from './message.module.css'

const wordsCharsMax = 90

/** What a message answers, in one line; pressing it goes there, however far up that is. */
export function Quote({ id }: { readonly id: string }) {
  const { t } = useWords()
  const client = useChatClient()
  const row = useQuoted(id)
  if (row === undefined) return <p className={styles.quote} aria-busy="true" />
  if (row === null) return <p className={styles.quote}>{t('chat.talk.replyGone')}</p>
  const words = row.isDeleted ? t('chat.talk.replyDeleted') : plainWords(row.text, wordsCharsMax)
  return (
    <UnstyledButton
      className={styles.quote}
      title={t('chat.talk.goToReply')}
      data-testid="chat-quote"
      onClick={() => {
        if (row.place !== null) client.goTo(row.conversation, row.place)
      }}
    >
      <IconArrowBackUp size={14} aria-hidden="true" />
      <span>
        <strong>{t('chat.talk.replyTo', { author: row.author })}</strong> {words}
      </span>
    </UnstyledButton>
  )
}

/** undefined: it is on its way; null: it cannot be shown. One that is loaded is as fresh as the list. */
function useQuoted(id: string): ChatRow | null | undefined {
  const { ask } = useActions()
  const session = useChat((state) => state.session?.session ?? '')
  const loaded = useChat((state) => state.talk?.rows.find((row) => row.id === id) ?? null)
  const [asked, setAsked] = useState<ChatRow | null | undefined>(undefined)
  const isLoaded = loaded !== null
  useEffect(() => {
    if (isLoaded) return
    let isWanted = true
    void ask('chat.message', { session, id }).then((result) => {
      if (isWanted) setAsked(result.ok ? result.value.row : null)
    })
    return () => {
      isWanted = false
    }
  }, [ask, session, id, isLoaded])
  return loaded ?? asked
}
