import { IconPlugConnectedX } from '@tabler/icons-react'
import type { ChatGap } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import type { Above } from './lines.ts'
import styles from './talk.module.css'

/** A day, a gap or the line above what is new: it stands between messages and is none. */
export function AboveLine({ above }: { readonly above: Above }) {
  const { t, format } = useWords()
  switch (above.kind) {
    case 'day':
      return (
        <p className={styles.day} data-testid="chat-day">
          <span>{format.day(above.atMs)}</span>
        </p>
      )
    case 'unread':
      return (
        <p className={styles.unread} data-testid="chat-unread-line">
          <span>{t('chat.talk.unread')}</span>
        </p>
      )
    case 'gap':
      return <Gap gap={above.gap} />
  }
}

/** How long somebody who asked had to wait while nobody led, in the margin. */
export function Gap({ gap: { fromWallMs, ms, leader } }: { readonly gap: ChatGap }) {
  const { t, format } = useWords()
  const time = `${format.number(Math.round(ms))} ms`
  const words = leader === null ? t('chat.talk.gapAlone', { time }) : t('chat.talk.gap', { time, leader })
  return (
    <p
      className={styles.gap}
      title={t('chat.talk.gapHint', { at: format.clockExact(fromWallMs), time })}
      data-testid="chat-gap"
      data-ms={Math.round(ms)}
    >
      <IconPlugConnectedX size={14} aria-hidden="true" />
      {words}
    </p>
  )
}
