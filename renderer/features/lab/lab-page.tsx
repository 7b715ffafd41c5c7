import { Tabs } from '@mantine/core'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useUi } from '../../stores/context.tsx'
import { FaultsPart } from './faults-part.tsx'
import styles from './lab-page.module.css'
import { ScenariosPart } from './scenarios-part.tsx'
import { TimelinePart } from './timeline/timeline-part.tsx'

const parts = ['faults', 'timeline', 'scenarios'] as const

/** Where clusters are disturbed on purpose, and what came of it is read afterwards. */
export function LabPage() {
  const { t } = useWords()
  const actions = useActions()
  const asked = useUi((state) => state.route.part)
  const part = parts.find((name) => name === asked) ?? 'faults'
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{t('lab.title')}</h1>
        <p>{t('lab.lead')}</p>
      </header>
      <Tabs value={part} keepMounted={false} onChange={(value) => actions.go({ page: 'lab', part: value })}>
        <Tabs.List>
          {parts.map((name) => (
            <Tabs.Tab key={name} value={name} data-testid={`lab-${name}`}>
              {t(`lab.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="faults">
          <FaultsPart />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <TimelinePart />
        </Tabs.Panel>
        <Tabs.Panel value="scenarios">
          <ScenariosPart />
        </Tabs.Panel>
      </Tabs>
    </div>
  )
}
