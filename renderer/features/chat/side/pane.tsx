import { SegmentedControl } from '@mantine/core'
import type { ChatSession, DeskChatStatus } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { type ChatPane, chatPanes } from '../../../stores/chat/state.ts'
import { useChat, useChatClient } from '../../../stores/context.tsx'
import { AboutPane } from './about-pane.tsx'
import { LocksPane } from './locks-pane.tsx'
import { SearchPane } from './search-pane.tsx'
import styles from './side.module.css'

interface PaneProps {
  readonly session: ChatSession
  readonly status: DeskChatStatus
}

/** What stands beside the conversation: who is in it, a search over all of them, the locks. */
export function Pane({ session, status }: PaneProps) {
  const { t } = useWords()
  const client = useChatClient()
  const pane = useChat((state) => state.pane)
  const about = useChat((state) => state.talk?.about ?? null)
  const panes = chatPanes.filter((one) => one !== 'locks' || status.abilities.hasLocks)
  return (
    <aside className={styles.pane} aria-label={t('chat.side.paneLabel')}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('chat.side.paneLabel')}
        data-testid="chat-panes"
        value={pane}
        data={panes.map((value) => ({ value, label: t(`chat.side.${value}`) }))}
        onChange={(value) => client.store.setState({ pane: value as ChatPane })} // one of the list above
      />
      {pane === 'about' ? (
        <AboutPane key={about?.id ?? ''} about={about} session={session} abilities={status.abilities} />
      ) : null}
      {pane === 'search' ? <SearchPane session={session} /> : null}
      {pane === 'locks' ? <LocksPane session={session} /> : null}
    </aside>
  )
}
