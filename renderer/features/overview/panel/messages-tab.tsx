import { useMemo } from 'react'
import type { RecordedEvent } from '#contract/window/recording'
import type { NodeId } from '#kit/ids'
import { messageName } from '../../../i18n/sentences/event.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { useRecording } from '../../../stores/context.tsx'
import { Empty } from '../../../ui/empty.tsx'
import styles from './messages-tab.module.css'
import panel from './node-panel.module.css'

const shownMax = 12

/** The last messages of one node, each way. */
export function MessagesTab({ nodeId }: { readonly nodeId: NodeId }) {
  const { t } = useWords()
  const all = useRecording((state) => state.all)
  const { received, sent } = useMemo(() => lastMessages(all, nodeId), [all, nodeId])
  if (received.length === 0 && sent.length === 0) return <Empty text={t('panel.noMessages')} />
  return (
    <>
      <p className={panel.note}>{t('panel.messagesNote')}</p>
      <MessageList title={t('panel.in')} events={received} />
      <MessageList title={t('panel.out')} events={sent} />
    </>
  )
}

function MessageList({ title, events }: { readonly title: string; readonly events: readonly RecordedEvent[] }) {
  const speech = useWords()
  const { t, format } = speech
  return (
    <section className={panel.section}>
      <h3>{title}</h3>
      <ul className={styles.list}>
        {events.map(({ position, wallMs, what }) =>
          what.kind === 'sent' || what.kind === 'received' ? (
            <li key={position} data-testid={`message-${what.kind}`}>
              <time>{format.clockExact(wallMs)}</time>
              <span>
                {messageName(what.messageKind, speech)}{' '}
                {what.kind === 'sent'
                  ? t('panel.messageTo', { peer: what.to })
                  : t('panel.messageFrom', { peer: what.from })}
              </span>
              <code>{format.bytes(what.bytes)}</code>
            </li>
          ) : null,
        )}
      </ul>
    </section>
  )
}

function lastMessages(all: readonly RecordedEvent[], nodeId: NodeId) {
  const received: RecordedEvent[] = []
  const sent: RecordedEvent[] = []
  for (let index = all.length - 1; index >= 0; index -= 1) {
    const event = all[index]
    if (event?.node !== nodeId) continue
    if (event.what.kind === 'received' && received.length < shownMax) received.push(event)
    if (event.what.kind === 'sent' && sent.length < shownMax) sent.push(event)
    if (received.length === shownMax && sent.length === shownMax) break
  }
  return { received, sent }
}
