import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowBackUp, IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChatRow } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useChat } from '../../../stores/context.tsx'
import styles from './message.module.css'
import type { Composing } from './talk-page.tsx'

const emojis = ['👍', '❤️', '😄', '🎉', '🤔', '👀'] as const

interface MessageMenuProps {
  readonly row: ChatRow
  readonly isOwn: boolean
  readonly canChange: boolean
  onCompose(composing: Composing): void
}

/** All that can be done with a message, in one place that the keyboard reaches with one stop. */
export function MessageMenu({ row, isOwn, canChange, onCompose }: MessageMenuProps) {
  const { t } = useWords()
  if (row.place === null || row.isDeleted) return null
  return (
    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false} shadow="md">
      <Menu.Target>
        <ActionIcon
          className={styles.menu}
          size="sm"
          variant="default"
          aria-label={t('chat.talk.actions.menu', { author: row.author })}
          data-testid="chat-menu"
        >
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {canChange ? <Emojis row={row} /> : null}
        {canChange ? (
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
            data-testid="chat-reply"
            onClick={() => onCompose({ kind: 'new', replyTo: row })}
          >
            {t('chat.talk.actions.reply')}
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconCopy size={16} aria-hidden="true" />}
          onClick={() => void navigator.clipboard.writeText(row.text)}
        >
          {t('chat.talk.actions.copy')}
        </Menu.Item>
        {isOwn && canChange ? <OwnItems row={row} onCompose={onCompose} /> : null}
      </Menu.Dropdown>
    </Menu>
  )
}

function Emojis({ row }: { readonly row: ChatRow }) {
  const { t } = useWords()
  const { call } = useActions()
  const session = useChat((state) => state.session?.session ?? '')
  return (
    <>
      <div className={styles.emojis}>
        {emojis.map((emoji) => (
          <Menu.Item
            key={emoji}
            className={styles.emoji}
            aria-label={t('chat.talk.reactions.add', { emoji })}
            data-testid={`chat-react-${emoji}`}
            onClick={() => void call('chat.react', { session, id: row.id, emoji, isOn: true })}
          >
            {emoji}
          </Menu.Item>
        ))}
      </div>
      <Menu.Divider />
    </>
  )
}

function OwnItems({ row, onCompose }: Pick<MessageMenuProps, 'row' | 'onCompose'>) {
  const { t } = useWords()
  const { call } = useActions()
  const session = useChat((state) => state.session?.session ?? '')
  const [isSure, setSure] = useState(false)
  return (
    <>
      <Menu.Item
        leftSection={<IconPencil size={16} aria-hidden="true" />}
        data-testid="chat-edit"
        onClick={() => onCompose({ kind: 'edit', row })}
      >
        {t('chat.talk.actions.edit')}
      </Menu.Item>
      <Menu.Item
        // It is gone for good, so one press is not enough.
        closeMenuOnClick={isSure}
        leftSection={<IconTrash size={16} aria-hidden="true" />}
        className={styles.danger}
        data-testid="chat-delete"
        onClick={() => {
          if (isSure) void call('chat.delete', { session, id: row.id })
          setSure(!isSure)
        }}
      >
        {t(isSure ? 'chat.talk.actions.deleteSure' : 'chat.talk.actions.delete')}
      </Menu.Item>
    </>
  )
}
