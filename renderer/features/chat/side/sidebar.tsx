import { Button, UnstyledButton } from '@mantine/core'
import { IconMessagePlus, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChatSession, ConversationRow, DeskChatStatus } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { sortedConversations } from '../../../stores/chat/state.ts'
import { useChat, useChatClient } from '../../../stores/context.tsx'
import { KindSign } from '../talk/header.tsx'
import { ChannelsDialog } from './channels-dialog.tsx'
import { titleOf } from './names.ts'
import { PeopleDialog } from './people-dialog.tsx'
import styles from './side.module.css'
import { UserMenu } from './user-menu.tsx'

interface SidebarProps {
  readonly session: ChatSession
  readonly conversations: readonly ConversationRow[]
  readonly status: DeskChatStatus
}

/** Who speaks here, and where they may: what is unread stands out by number and weight. */
export function Sidebar({ session, conversations, status }: SidebarProps) {
  const { t } = useWords()
  const [open, setOpen] = useState<'channels' | 'people' | null>(null)
  const { channels, people } = sortedConversations(conversations)
  return (
    <nav className={styles.sidebar} aria-label={t('chat.side.title')} data-testid="chat-sidebar">
      <UserMenu session={session} status={status} />
      <div className={styles.lists}>
        <h3>{t('chat.side.channels')}</h3>
        <Conversations all={channels} user={session.user} none={t('chat.side.noChannels')} />
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={15} aria-hidden="true" />}
          data-testid="chat-find-channels"
          onClick={() => setOpen('channels')}
        >
          {t('chat.side.browse')}
        </Button>
        <h3>{t('chat.side.people')}</h3>
        <Conversations all={people} user={session.user} none={t('chat.side.noPeople')} />
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconMessagePlus size={15} aria-hidden="true" />}
          data-testid="chat-find-people"
          onClick={() => setOpen('people')}
        >
          {t('chat.side.write')}
        </Button>
      </div>
      {open === 'channels' ? (
        <ChannelsDialog session={session} abilities={status.abilities} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'people' ? (
        <PeopleDialog session={session} abilities={status.abilities} onClose={() => setOpen(null)} />
      ) : null}
    </nav>
  )
}

interface ConversationsProps {
  readonly all: readonly ConversationRow[]
  readonly user: string
  readonly none: string
}

function Conversations({ all, user, none }: ConversationsProps) {
  if (all.length === 0) return <p className={styles.none}>{none}</p>
  return (
    <ul>
      {all.map((row) => (
        <Item key={row.id} row={row} user={user} />
      ))}
    </ul>
  )
}

function Item({ row, user }: { readonly row: ConversationRow; readonly user: string }) {
  const { t } = useWords()
  const client = useChatClient()
  const isOpen = useChat((state) => state.talk?.conversation === row.id)
  const isHere = useChat((state) => row.kind === 'direct' && (state.people.get(row.name)?.isHere ?? false))
  const { unread, mentions } = row
  const told = [
    ...(unread > 0 ? [t('chat.side.unread', { count: unread })] : []),
    ...(mentions > 0 ? [t('chat.side.mentions', { count: mentions })] : []),
  ].join(', ')
  return (
    <li>
      <UnstyledButton
        className={styles.item}
        aria-current={isOpen ? 'true' : undefined}
        data-testid="chat-item"
        data-name={row.name}
        data-unread={unread}
        data-mentions={mentions}
        data-here={isHere}
        onClick={() => client.open(row.id)}
      >
        <KindSign about={row} />
        <span className={styles.itemName}>{titleOf(row, user, t)}</span>
        {isHere ? <span className={styles.hereDot} title={t('chat.side.here')} /> : null}
        {unread > 0 ? (
          <span className={styles.count} data-mentions={mentions > 0} title={told}>
            {mentions > 0 ? '@' : ''}
            {unread > 999 ? '999+' : unread}
            <span className="hidden-visually">{told}</span>
          </span>
        ) : null}
      </UnstyledButton>
    </li>
  )
}
