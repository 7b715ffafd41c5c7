import { Popover } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconCircleCheck,
  IconDatabaseOff,
  IconHandStop,
  IconHelpCircle,
  IconLoader,
  IconOctagonOff,
  IconPlayerStop,
} from '@tabler/icons-react'
import { healthSentence } from '../../i18n/sentences/health.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useHostNow, useTopology } from '../../stores/context.tsx'
import { type HealthWord, healthOf } from '../../stores/derived/health.ts'
import { Sentence } from '../../ui/sentence.tsx'
import styles from './top-bar.module.css'

const signs: Record<HealthWord, { readonly tone: string; readonly Icon: typeof IconLoader }> = {
  well: { tone: 'good', Icon: IconCircleCheck },
  impaired: { tone: 'warn', Icon: IconAlertTriangle },
  electing: { tone: 'warn', Icon: IconHandStop },
  split: { tone: 'bad', Icon: IconArrowsSplit2 },
  lost: { tone: 'bad', Icon: IconDatabaseOff },
  halted: { tone: 'bad', Icon: IconOctagonOff },
  starting: { tone: 'calm', Icon: IconLoader },
  stopped: { tone: 'calm', Icon: IconPlayerStop },
  silent: { tone: 'bad', Icon: IconHelpCircle },
}

/** The lab's health in one word; the reasons are one click or key away. */
export function HealthSign() {
  const speech = useWords()
  const { t } = speech
  const snapshot = useTopology((state) => state.snapshot)
  const now = useHostNow()
  const { word, reasons } = healthOf(snapshot, now)
  const { tone, Icon } = signs[word]
  return (
    <Popover position="bottom-start" shadow="md" withArrow>
      <Popover.Target>
        <button type="button" className={styles.pill} data-tone={tone} data-testid="health" data-health={word}>
          <Icon size={17} aria-hidden="true" />
          <span className="hidden-visually">{t('health.label')}: </span>
          {t(`health.word.${word}`)}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('health.label')}>
        <div className={styles.card}>
          <p className={styles.meaning}>{t(`health.meaning.${word}`)}</p>
          {reasons.length === 0 ? null : (
            <ul className={styles.reasons} data-testid="health-reasons">
              {reasons.map((reason) => (
                <li key={JSON.stringify({ ...reason, ageMs: 0 })}>
                  <Sentence text={healthSentence(reason, speech)} />
                </li>
              ))}
            </ul>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
