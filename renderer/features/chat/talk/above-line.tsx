import { IconArrowsExchange, IconPlugConnectedX } from '@tabler/icons-react'
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

/** In the margin: another one leads, and how long somebody who asked had to wait while nobody did. */
export function Gap({ gap: { fromWallMs, ms, leader } }: { readonly gap: ChatGap }) {
  const { t, format } = useWords()
  const at = format.clockExact(fromWallMs)
  if (ms === null) {
    return (
      <p className={styles.gap} title={t('chat.talk.changeHint', { at })} data-testid="chat-gap" data-ms={0}>
        <IconArrowsExchange size={14} aria-hidden="true" />
        {t('chat.talk.change', { leader })}
      </p>
    )
  }
  const time = `${format.number(ms)} ms`
  return (
    <p className={styles.gap} title={t('chat.talk.gapHint', { at, time })} data-testid="chat-gap" data-ms={ms}>
      <IconPlugConnectedX size={14} aria-hidden="true" />
      {t('chat.talk.gap', { time, leader })}
    </p>
  )
}
