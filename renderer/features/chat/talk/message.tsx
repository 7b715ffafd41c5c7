import { memo } from 'react'
import type { ChatProfile } from '#contract/worker/chat'
import type { ChatRow } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { useChat } from '../../../stores/context.tsx'
import { Age } from '../../../ui/age.tsx'
import { BotBadge, ThroughBadge } from '../side/badges.tsx'
import { Face } from '../side/face.tsx'
import { isBotName } from '../side/names.ts'
import { Markdown } from '../text/markdown-view.tsx'
import { AboveLine } from './above-line.tsx'
import { nameOf, type TalkLine } from './lines.ts'
import styles from './message.module.css'
import { MessageMenu } from './message-menu.tsx'
import { Quote } from './quote.tsx'
import { Reactions } from './reactions.tsx'
import { Refused } from './refused.tsx'
import { Stamps } from './stamps.tsx'
import type { Composing } from './talk-page.tsx'
import { TickSign } from './tick-sign.tsx'

interface MessageProps {
  readonly line: TalkLine
  readonly user: string
  readonly profile: ChatProfile
  /** How far each server has come in the log. */
  readonly applied: readonly number[]
  /** A search or an answer led here. */
  readonly isFound: boolean
  readonly canChange: boolean
  onCompose(composing: Composing): void
}

/** Drawn anew only when something of it has changed: a conversation moves with each message, and most of it stays as it is. */
export const Message = memo(MessageView, isSame)

function MessageView({ line, user, profile, applied, isFound, canChange, onCompose }: MessageProps) {
  const { t } = useWords()
  const showsStamps = useChat((state) => state.showsStamps)
  const { row, upper, above, isHead } = line
  const isOwn = row.author === user
  const namesReader = row.mentions.includes(user) && !isOwn
  return (
    <>
      {above.map((one) => (
        <AboveLine key={nameOf(one)} above={one} />
      ))}
      <article
        className={styles.message}
        data-testid="chat-row"
        data-id={row.id}
        data-author={row.author}
        data-own={isOwn}
        data-state={row.state.kind}
        data-deleted={row.isDeleted}
        data-edited={row.editedAtMs !== null}
        data-names-reader={namesReader}
        data-found={isFound}
        data-head={isHead}
      >
        <div className={styles.side}>{isHead ? <Face name={row.author} /> : null}</div>
        <div className={styles.body}>
          {isHead ? <Head row={row} /> : null}
          {row.replyTo === null ? null : <Quote id={row.replyTo} />}
          {row.isDeleted ? (
            <p className={styles.deleted}>{t('chat.talk.deleted')}</p>
          ) : (
            <Markdown text={row.text} mentions={row.mentions} reader={user} />
          )}
          {row.state.kind === 'refused' ? <Refused row={row} why={row.state.why} /> : null}
          <div className={styles.below}>
            <Reactions row={row} user={user} canChange={canChange} />
            <Edited row={row} />
            {showsStamps ? <Stamps row={row} upper={upper} /> : null}
          </div>
        </div>
        <div className={styles.end}>
          {isOwn && !row.isDeleted ? <TickSign row={row} profile={profile} applied={applied} /> : null}
          <MessageMenu row={row} isOwn={isOwn} canChange={canChange} onCompose={onCompose} />
        </div>
        {namesReader ? <span className="hidden-visually">{t('chat.talk.mentionsYou')}</span> : null}
      </article>
    </>
  )
}

function isSame(one: MessageProps, other: MessageProps): boolean {
  const { line, ...rest } = one
  const { line: otherLine, ...otherRest } = other
  const isSameLine =
    line.row === otherLine.row &&
    line.upper === otherLine.upper &&
    line.isHead === otherLine.isHead &&
    line.above.map(nameOf).join() === otherLine.above.map(nameOf).join()
  return isSameLine && Object.entries(rest).every(([key, value]) => value === Reflect.get(otherRest, key))
}

function Head({ row }: { readonly row: ChatRow }) {
  const isBot = useChat((state) => isBotName(row.author, state.people.get(row.author)))
  return (
    <p className={styles.head}>
      <strong>{row.author}</strong>
      {isBot ? <BotBadge /> : null}
      <ThroughBadge through={row.through} isShort={isBot} />
      <Age wallMs={row.atMs} />
    </p>
  )
}

function Edited({ row: { editedAtMs, isDeleted } }: { readonly row: ChatRow }) {
  const { t, format } = useWords()
  if (editedAtMs === null || isDeleted) return null
  return (
    <span className={styles.edited} title={t('chat.talk.editedAt', { time: format.clockExact(editedAtMs) })}>
      {t('chat.talk.edited')}
    </span>
  )
}
