import { ActionIcon, Popover } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useWords } from '../../i18n/use-words.ts'
import styles from './reading-help.module.css'

const words = ['leader', 'term', 'vote', 'silence', 'majority', 'log', 'committed'] as const

/** The few words that one needs to read the picture, for whoever never heard of them. */
export function ReadingHelp() {
  const { t } = useWords()
  return (
    <Popover position="bottom-start" shadow="md" withArrow>
      <Popover.Target>
        <ActionIcon className={styles.help} variant="transparent" size={24} aria-label={t('overview.help.title')}>
          <IconHelpCircle size={18} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('overview.help.title')}>
        <dl className={styles.words} data-testid="reading-help">
          {words.map((word) => (
            <div key={word}>
              <dt>{t(`overview.help.${word}.name`)}</dt>
              <dd>{t(`overview.help.${word}.text`)}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  )
}
