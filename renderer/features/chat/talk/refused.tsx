import { Button } from '@mantine/core'
import type { ChatRow } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { withDraft } from '../../../stores/chat/state.ts'
import { useActions, useChat, useChatClient } from '../../../stores/context.tsx'
import styles from './message.module.css'
import { refusalWords } from './refusal-words.ts'

/** Something that was never said: it can be taken back, or be written again. */
export function Refused({ row, why }: { readonly row: ChatRow; readonly why: string }) {
  const { t } = useWords()
  const { call } = useActions()
  const client = useChatClient()
  const session = useChat((state) => state.session?.session ?? '')
  const takeBack = async (): Promise<boolean> => (await call('chat.takeBack', { session, id: row.id })).ok
  const again = async (): Promise<void> => {
    if (await takeBack()) client.store.setState((state) => withDraft(state, row.conversation, row.text))
  }
  return (
    <div className={styles.refused} role="alert">
      <p>{t('chat.talk.ticks.refused', { why: refusalWords(why, t) })}</p>
      <Button size="compact-sm" variant="default" data-testid="chat-again" onClick={() => void again()}>
        {t('chat.talk.actions.again')}
      </Button>
      <Button size="compact-sm" variant="default" data-testid="chat-take-back" onClick={() => void takeBack()}>
        {t('chat.talk.actions.takeBack')}
      </Button>
    </div>
  )
}
