import { Popover, UnstyledButton } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChatRow } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './message.module.css'
import { whyBelow } from './order.ts'

interface StampsProps {
  readonly row: ChatRow
  readonly upper: ChatRow | null
}

/** The Lamport stamp of a message; pressed, it says why the message stands below the one above it. */
export function Stamps({ row, upper }: StampsProps) {
  const { t, format } = useWords()
  const [isOpen, setOpen] = useState(false)
  const { kind, ...values } = whyBelow(upper, row)
  const parts = [
    ...(row.lamport === null ? [] : [t('chat.talk.stamps.line', { lamport: row.lamport })]),
    ...(row.position === null ? [] : [t('chat.talk.stamps.position', { position: row.position })]),
    ...(row.logIndex === null || row.origin !== null ? [] : [t('chat.talk.stamps.entry', { entry: row.logIndex })]),
    ...(row.origin === null ? [] : [row.origin]),
  ]
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" withArrow width={360} withinPortal>
      <Popover.Target>
        <UnstyledButton
          className={styles.stamps}
          title={t('chat.talk.stamps.why')}
          data-testid="chat-why"
          data-lamport={row.lamport ?? ''}
          onClick={() => setOpen(!isOpen)}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setOpen(false)
          }}
        >
          <IconClockHour4 size={13} aria-hidden="true" />
          {parts.length === 0 ? t('chat.talk.stamps.none') : parts.join(' · ')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('chat.talk.stamps.why')} data-testid="chat-why-words" data-why={kind}>
        <p>{t(`chat.talk.stamps.reasons.${kind}`, values)}</p>
        <p className={styles.soft}>
          {t(row.origin === null ? 'chat.talk.stamps.clock' : 'chat.talk.stamps.clockOfOne', {
            time: format.clockExact(row.atMs),
          })}
        </p>
      </Popover.Dropdown>
    </Popover>
  )
}
