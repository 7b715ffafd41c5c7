import { IconCheck, IconChecks, IconClock, IconEye, IconX } from '@tabler/icons-react'
import type { ChatProfile } from '#contract/worker/chat'
import type { ChatRow } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './message.module.css'
import { refusalWords } from './refusal-words.ts'
import { tickOf } from './ticks.ts'

const icons = { clock: IconClock, one: IconCheck, two: IconChecks, seen: IconEye, no: IconX } as const

interface TickSignProps {
  readonly row: ChatRow
  readonly profile: ChatProfile
  readonly applied: readonly number[]
}

/** How far an own message has come: a sign, a word, and the sentence of what that means. */
export function TickSign({ row, profile, applied }: TickSignProps) {
  const { t } = useWords()
  const { sign, sentence, copies, servers, by } = tickOf(row, profile, applied)
  const Icon = icons[sign]
  const why = row.state.kind === 'refused' ? refusalWords(row.state.why, t) : ''
  const words =
    sentence === 'seen'
      ? t('chat.talk.ticks.seen', { count: by, copies, servers })
      : t(`chat.talk.ticks.${sentence}`, { copies, servers, why })
  return (
    <span className={styles.tick} title={words} data-testid="chat-tick" data-tick={sentence} data-copies={copies}>
      <Icon size={15} aria-hidden="true" />
      <span aria-hidden="true">{t(`chat.talk.tickWords.${sentence}`, { copies, servers })}</span>
      <span className="hidden-visually">{words}</span>
    </span>
  )
}
