import { Button, Tabs } from '@mantine/core'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useTopology, useUi } from '../../stores/context.tsx'
import { ChainPart } from './chain/chain-part.tsx'
import { CheckPart } from './check/check-part.tsx'
import { DocumentsPart } from './documents/documents-part.tsx'
import { Headline } from './headline.tsx'
import styles from './notary-page.module.css'
import { RegisterPart } from './register/register-part.tsx'

const parts = ['register', 'documents', 'check', 'chain'] as const

export function NotaryPage() {
  const { t } = useWords()
  const actions = useActions()
  const asked = useUi((state) => state.route.part)
  const part = parts.find((name) => name === asked) ?? 'register'
  return (
    <div className={styles.page} data-part={part}>
      <Headline />
      <StoppedNote />
      <Tabs
        className={styles.tabs}
        value={part}
        keepMounted={false}
        onChange={(value) => actions.go({ page: 'notary', part: value })}
      >
        <Tabs.List>
          {parts.map((name) => (
            <Tabs.Tab key={name} value={name} data-testid={`notary-${name}`}>
              {t(`notary.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="register">
          <RegisterPart />
        </Tabs.Panel>
        <Tabs.Panel value="documents">
          <DocumentsPart />
        </Tabs.Panel>
        <Tabs.Panel value="check">
          <CheckPart />
        </Tabs.Panel>
        <Tabs.Panel value="chain">
          <ChainPart />
        </Tabs.Panel>
      </Tabs>
    </div>
  )
}

function StoppedNote() {
  const { t } = useWords()
  const { call } = useActions()
  const snapshot = useTopology((state) => state.snapshot)
  // Without its desk nobody is served, however well the peers are.
  const stopped = (snapshot?.clusters ?? []).filter(
    ({ kind, state }) => (kind === 'notary' || kind === 'desk') && state === 'stopped',
  )
  if (stopped.length === 0) return null
  const start = (): void => {
    for (const { id } of stopped) void call('clusters.start', { clusterId: id })
  }
  return (
    <section className={styles.stopped} data-testid="notary-stopped">
      <div>
        <h2>{t('notary.stoppedTitle')}</h2>
        <p>{t('notary.stoppedText')}</p>
      </div>
      <Button onClick={start}>{t('notary.start')}</Button>
    </section>
  )
}
