import { SegmentedControl } from '@mantine/core'
import { useMemo } from 'react'
import type { NodeCard } from '#contract/window/topology'
import { eventSentence } from '../../i18n/sentences/event.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useRecording } from '../../stores/context.tsx'
import { Sentence } from '../../ui/sentence.tsx'
import { VirtualLog } from '../../ui/virtual-log.tsx'
import { type LogMode, logModes, showsLine } from './log-mode.ts'
import styles from './log-panel.module.css'

interface LogPanelProps {
  readonly cards: readonly NodeCard[]
  readonly mode: LogMode
  onMode(mode: LogMode): void
}

/** What the peers of this ring did, in sentences; the mode decides how much of it, here and in the picture. */
export function LogPanel({ cards, mode, onMode }: LogPanelProps) {
  const speech = useWords()
  const { t, format } = speech
  const ids = cards.map(({ id }) => id).join(' ')
  const all = useRecording((state) => (mode === 'default' ? state.story : state.all))
  const events = useMemo(() => {
    const ours = new Set<string | null>(ids.split(' '))
    return all.filter((event) => ours.has(event.node) && showsLine(event, mode))
  }, [all, ids, mode])
  return (
    <div className={styles.log}>
      <div className={styles.mode}>
        <SegmentedControl
          size="xs"
          aria-label={t('ring.log.mode')}
          data-testid="ring-log-mode"
          value={mode}
          data={logModes.map((value) => ({ value, label: t(`ring.log.modes.${value}`) }))}
          onChange={(value) => onMode(value as LogMode)} // one of the list above
        />
        <p className={styles.hint}>{t(`ring.log.hints.${mode}`)}</p>
      </div>
      {events.length === 0 ? (
        <p className={styles.hint}>{t('ring.log.empty')}</p>
      ) : (
        <VirtualLog
          label={t('ring.log.title')}
          className={styles.lines}
          count={events.length}
          testId="ring-log"
          keyOf={(index) => events[index]?.position ?? index}
          row={(index) => {
            const event = events[index]
            if (event === undefined) return null
            return (
              <p className={styles.line} data-testid="ring-log-line" data-kind={event.what.kind}>
                <time dateTime={new Date(event.wallMs).toISOString()}>{format.clockExact(event.wallMs)}</time>
                <span>
                  <Sentence text={eventSentence(event, speech)} />
                </span>
              </p>
            )
          }}
        />
      )}
    </div>
  )
}
