import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconExternalLink, IconKey, IconLogout, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChatSession, DeskChatStatus } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { enterPart, windowOf } from '../../../stores/chat/places.ts'
import { useActions, useChatClient } from '../../../stores/context.tsx'
import { PasswordDialog } from '../enter/password-dialog.tsx'
import { Face } from './face.tsx'
import styles from './side.module.css'

interface UserMenuProps {
  readonly session: ChatSession
  readonly status: DeskChatStatus
}

export function UserMenu({ session: { session, user }, status }: UserMenuProps) {
  const { t } = useWords()
  const actions = useActions()
  const client = useChatClient()
  const [isChanging, setChanging] = useState(false)
  const leave = async (name: Leave): Promise<void> => {
    const { ok } = await actions.call(name, { session })
    if (!ok || name === 'chat.signOutEverywhere') return
    client.follow(null)
    actions.go({ page: 'chat', part: enterPart })
  }
  return (
    <>
      <Menu position="bottom-start" withinPortal withInitialFocusPlaceholder={false} shadow="md" width={270}>
        <Menu.Target>
          <UnstyledButton
            className={styles.user}
            aria-label={t('chat.side.account', { user })}
            data-testid="chat-account"
            data-user={user}
          >
            <Face name={user} />
            <strong>{user}</strong>
            <IconChevronDown size={15} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconExternalLink size={16} aria-hidden="true" />}
            data-testid="chat-own-window"
            onClick={() => actions.openWindow(windowOf(session))}
          >
            {t('chat.palette.windowOf', { user })}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconUserPlus size={16} aria-hidden="true" />}
            data-testid="chat-other-window"
            onClick={() => actions.openWindow({ page: 'chat', part: enterPart, isAlone: true })}
          >
            {t('chat.palette.enter')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconUserPlus size={16} aria-hidden="true" />}
            data-testid="chat-other"
            onClick={() => actions.go({ page: 'chat', part: enterPart })}
          >
            {t('chat.side.other')}
          </Menu.Item>
          <Menu.Divider />
          <Leaving
            hasAccounts={status.abilities.hasAccounts}
            onPassword={() => setChanging(true)}
            onLeave={(name) => void leave(name)}
          />
        </Menu.Dropdown>
      </Menu>
      {isChanging ? <PasswordDialog session={session} onClose={() => setChanging(false)} /> : null}
    </>
  )
}

type Leave = 'chat.signOut' | 'chat.signOutEverywhere'

interface LeavingProps {
  readonly hasAccounts: boolean
  onPassword(): void
  onLeave(name: Leave): void
}

function Leaving({ hasAccounts, onPassword, onLeave }: LeavingProps) {
  const { t } = useWords()
  const out = <IconLogout size={16} aria-hidden="true" />
  return (
    <>
      {hasAccounts ? (
        <Menu.Item
          leftSection={<IconKey size={16} aria-hidden="true" />}
          data-testid="chat-change-password"
          onClick={onPassword}
        >
          {t('chat.enter.setPassword')}
        </Menu.Item>
      ) : null}
      <Menu.Item leftSection={out} data-testid="chat-sign-out" onClick={() => onLeave('chat.signOut')}>
        {t('chat.enter.signOut')}
      </Menu.Item>
      {hasAccounts ? (
        <Menu.Item
          leftSection={out}
          data-testid="chat-sign-out-everywhere"
          onClick={() => onLeave('chat.signOutEverywhere')}
        >
          {t('chat.enter.signOutEverywhere')}
        </Menu.Item>
      ) : null}
    </>
  )
}
