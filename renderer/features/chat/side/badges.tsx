import { IconPlugConnected, IconRobot } from '@tabler/icons-react'
import type { ChatRow } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './side.module.css'

export function BotBadge() {
  const { t } = useWords()
  return (
    <span className={styles.badge} data-testid="chat-bot">
      <IconRobot size={13} aria-hidden="true" />
      {t('chat.side.bot')}
    </span>
  )
}

interface ThroughBadgeProps extends Pick<ChatRow, 'through'> {
  /** Beside another badge its sign is enough for the eye. */
  readonly isShort: boolean
}

/** What came through a dialect was said under a name that nobody checked. */
export function ThroughBadge({ through, isShort }: ThroughBadgeProps) {
  const { t } = useWords()
  if (through === 'native') return null
  const words = t(`chat.talk.through.${through}`)
  const title = `${words}. ${t('chat.side.programHint')}`
  return (
    <span className={styles.badge} title={title} data-testid="chat-through" data-through={through}>
      <IconPlugConnected size={13} aria-hidden="true" />
      <span className={isShort ? 'hidden-visually' : undefined}>{words}</span>
    </span>
  )
}
