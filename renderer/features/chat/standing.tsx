import { Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCrown, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChatProfile } from '#contract/worker/chat'
import type { DeskChatStatus } from '#contract/worker/chat-calls'
import { useWords } from '../../i18n/use-words.ts'
import { useHostNow } from '../../stores/context.tsx'
import styles from './chat-page.module.css'

/** How the chat stands: who leads, what waits, and what its profile promises and cannot. */
export function Standing({ status }: { readonly status: DeskChatStatus }) {
  const { t, format } = useWords()
  const now = useHostNow()
  const { profile, leader, isAnswering, isTold, silentSinceWallMs, waiting } = status
  return (
    <ul className={styles.standing} data-testid="chat-standing" data-profile={profile} data-answering={isAnswering}>
      <li>
        <PromiseHint profile={profile} />
      </li>
      {silentSinceWallMs === null ? null : (
        <li data-tone="warn" role="status" data-testid="chat-silent">
          <IconAlertTriangle size={14} aria-hidden="true" />
          {t('chat.standing.silentFor', { time: format.coarse(Math.max(0, now - silentSinceWallMs)) })}
        </li>
      )}
      {isAnswering ? (
        <li data-testid="chat-leader" data-leader={leader ?? ''}>
          {leader === null ? null : <IconCrown size={14} aria-hidden="true" />}
          {leader === null ? t('chat.standing.open') : t('chat.standing.led', { leader })}
        </li>
      ) : null}
      {isTold || !isAnswering ? null : (
        <li data-tone="warn" data-testid="chat-untold">
          <IconAlertTriangle size={14} aria-hidden="true" />
          {t('chat.standing.untold')}
        </li>
      )}
      {waiting === 0 ? null : (
        <li data-tone="warn" data-testid="chat-waiting" data-count={waiting}>
          {t('chat.standing.waiting', { count: waiting })}
        </li>
      )}
    </ul>
  )
}

function PromiseHint({ profile }: { readonly profile: ChatProfile }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" withArrow width={380}>
      <Popover.Target>
        <UnstyledButton
          className={styles.profile}
          data-testid="chat-promise"
          onClick={() => setOpen(!isOpen)}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setOpen(false)
          }}
        >
          <IconInfoCircle size={14} aria-hidden="true" />{' '}
          {t('chat.profileIs', { name: t(`chat.promises.${profile}.name`) })}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('chat.setup.can')}>
        <ProfileWords profile={profile} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** A sentence for what a profile promises, and one for what it cannot. */
export function ProfileWords({ profile }: { readonly profile: ChatProfile }) {
  const { t } = useWords()
  return (
    <div className={styles.promise} data-testid={`chat-profile-words-${profile}`}>
      <p>
        <strong>{t('chat.setup.can')}</strong>
        {t(`chat.promises.${profile}.can`)}
      </p>
      <p>
        <strong>{t('chat.setup.cannot')}</strong>
        {t(`chat.promises.${profile}.cannot`)}
      </p>
    </div>
  )
}
