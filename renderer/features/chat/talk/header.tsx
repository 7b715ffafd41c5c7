import { Switch } from '@mantine/core'
import { IconHash, IconLock, IconUser, IconUsers } from '@tabler/icons-react'
import type { ConversationRow } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { useChat, useChatClient } from '../../../stores/context.tsx'
import { titleOf } from '../side/names.ts'
import styles from './talk.module.css'

interface HeaderProps {
  readonly about: ConversationRow
  readonly user: string
}

export function Header({ about, user }: HeaderProps) {
  const { t } = useWords()
  const client = useChatClient()
  const showsStamps = useChat((state) => state.showsStamps)
  return (
    <header className={styles.header}>
      <h2>
        <KindSign about={about} /> {titleOf(about, user, t)}
      </h2>
      {about.title === '' ? null : <p className={styles.title}>{about.title}</p>}
      <Switch
        className={styles.stampsSwitch}
        size="sm"
        label={t('chat.talk.stamps.show')}
        checked={showsStamps}
        data-testid="chat-stamps"
        onChange={({ currentTarget: { checked } }) => client.store.setState({ showsStamps: checked })}
      />
    </header>
  )
}

/** Its shape says what kind of conversation it is; the word stands in the details. */
export function KindSign({
  about: { kind, isPrivate },
}: {
  readonly about: Pick<ConversationRow, 'kind' | 'isPrivate'>
}) {
  const Icon = kind === 'channel' ? (isPrivate ? IconLock : IconHash) : kind === 'group' ? IconUsers : IconUser
  return <Icon size={16} stroke={1.9} aria-hidden="true" />
}
