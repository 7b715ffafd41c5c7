import { UnstyledButton } from '@mantine/core'
import type { ChatRow } from '#contract/worker/chat-calls'
import { listed } from '../../../i18n/sentences/listed.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useChat } from '../../../stores/context.tsx'
import styles from './message.module.css'

interface ReactionsProps {
  readonly row: ChatRow
  readonly user: string
  readonly canChange: boolean
}

export function Reactions({ row, user, canChange }: ReactionsProps) {
  const { t, language } = useWords()
  const { call } = useActions()
  const session = useChat((state) => state.session?.session ?? '')
  return row.reactions.map(({ emoji, users }) => {
    const isOn = users.includes(user)
    const words = t(`chat.talk.reactions.${isOn ? 'on' : 'off'}`, { emoji, users: listed(users, language) })
    return (
      <UnstyledButton
        key={emoji}
        className={styles.reaction}
        aria-pressed={isOn}
        aria-label={words}
        title={words}
        disabled={!canChange}
        data-testid="chat-reaction"
        data-emoji={emoji}
        onClick={() => void call('chat.react', { session, id: row.id, emoji, isOn: !isOn })}
      >
        <span aria-hidden="true">{emoji}</span> {users.length}
      </UnstyledButton>
    )
  })
}
