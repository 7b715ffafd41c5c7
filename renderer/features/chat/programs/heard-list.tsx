import { UnstyledButton } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ChatForeignEvent } from '#contract/window/chat'
import { useWords } from '../../../i18n/use-words.ts'
import { Empty } from '../../../ui/empty.tsx'
import { VirtualLog } from '../../../ui/virtual-log.tsx'
import { keyOf } from './keys.ts'
import styles from './programs.module.css'
import { calledOf } from './summary.ts'

interface HeardListProps {
  readonly events: readonly ChatForeignEvent[]
  /** Something has come at all, whether it is shown or not. */
  readonly isAny: boolean
  /** Whom each sender says it is. */
  readonly names: ReadonlyMap<string, string>
  readonly chosen: string | null
  onChoose(event: ChatForeignEvent): void
}

/** Live, newest below, and it stays there while one looks at the newest. */
export function HeardList({ events, isAny, names, chosen, onChoose }: HeardListProps) {
  const { t } = useWords()
  if (events.length === 0) return <Empty text={t(isAny ? 'chat.programs.nothingHere' : 'chat.programs.nothing')} />
  return (
    <VirtualLog
      label={t('chat.programs.heard')}
      className={styles.list}
      count={events.length}
      testId="chat-heard"
      keyOf={(index) => {
        const event = events[index]
        return event === undefined ? index : keyOf(event)
      }}
      row={(index) => {
        const event = events[index]
        if (event === undefined) return null
        return (
          <Row
            event={event}
            called={calledOf(names, event)}
            isChosen={keyOf(event) === chosen}
            onChoose={() => onChoose(event)}
          />
        )
      }}
    />
  )
}

interface RowProps {
  readonly event: ChatForeignEvent
  readonly called: string
  readonly isChosen: boolean
  onChoose(): void
}

function Row({ event, called, isChosen, onChoose }: RowProps) {
  const { t, format } = useWords()
  const { rules, service, from, at, dialect, codec, wallMs } = event
  const broken = rules.filter(({ isKept }) => !isKept).length
  const Icon = broken > 0 ? IconCircleX : IconCircleCheck
  return (
    <UnstyledButton
      className={styles.event}
      aria-pressed={isChosen}
      data-testid="chat-heard-event"
      data-service={service}
      data-from={from}
      data-broken={broken}
      onClick={onChoose}
    >
      <Icon size={17} className={styles.verdict} data-good={broken === 0} aria-hidden="true" />
      <span className={styles.time}>{format.clockExact(wallMs)}</span>
      <strong>{service === '' ? '?' : service}</strong>
      <span className={styles.soft}>
        {t(`chat.programs.places.${at}`)} · {t(`chat.programs.dialects.${dialect}`)} ·{' '}
        {t(`chat.programs.codecs.${codec}`)} · {called}
      </span>
      <span className={styles.said} data-good={broken === 0}>
        {broken === 0
          ? t('chat.programs.keepsAll', { value: rules.length })
          : t('chat.programs.breaksSome', { broken, of: rules.length })}
      </span>
    </UnstyledButton>
  )
}
