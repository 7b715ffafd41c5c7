import { Button } from '@mantine/core'
import { IconBoltOff } from '@tabler/icons-react'
import { faultKinds } from '#contract/worker/faults'
import { faultSentence } from '../../i18n/sentences/fault.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useTopology, useUi } from '../../stores/context.tsx'
import { allNodes } from '../../stores/topology.ts'
import { Age } from '../../ui/age.tsx'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { FaultForm } from '../../ui/fault-form/fault-form.tsx'
import { FaultTimeLeft } from '../../ui/fault-time-left.tsx'
import { Sentence } from '../../ui/sentence.tsx'
import { Table } from '../../ui/table.tsx'
import styles from './lab-page.module.css'

/** What is disturbed now, and a form to disturb more. */
export function FaultsPart() {
  const { t } = useWords()
  const actions = useActions()
  const snapshot = useTopology((state) => state.snapshot)
  // A link from elsewhere may name the fault to begin with.
  const asked = useUi((state) => state.route.part)
  const ids = allNodes(snapshot).map(({ id }) => id)
  return (
    <div className={styles.columns}>
      <ActiveFaults />
      <section className={styles.sheet} aria-label={t('faults.form.title')}>
        <h2>{t('faults.form.title')}</h2>
        {ids.length === 0 ? (
          <Busy />
        ) : (
          <FaultForm
            key={ids.join(' ')}
            nodes={ids}
            startKind={faultKinds.find((kind) => kind === asked) ?? 'kill'}
            onInject={actions.inject}
          />
        )}
      </section>
    </div>
  )
}

function ActiveFaults() {
  const speech = useWords()
  const { t } = speech
  const actions = useActions()
  const faults = useTopology((state) => state.snapshot?.faults)
  const list = faults ?? []
  const columns = [
    { key: 'kind', title: t('faults.form.kind') },
    { key: 'target', title: t('lab.target') },
    { key: 'since', title: t('lab.since') },
    { key: 'ends', title: t('lab.ends') },
    { key: 'clear', title: t('frame.clear') },
  ]
  const rows = list.map(({ id, fault, sinceWallMs, endsWallMs }) => {
    const sentence = faultSentence(fault, speech)
    return {
      key: id,
      cells: [
        t(`faults.kind.${fault.kind}`),
        <Sentence key="target" text={sentence} />,
        <Age key="since" wallMs={sinceWallMs} />,
        <FaultTimeLeft key="ends" endsWallMs={endsWallMs} />,
        <Button
          key="clear"
          size="compact-xs"
          variant="default"
          aria-label={t('faults.clearOne', { fault: sentence })}
          data-testid={`clear-${id}`}
          onClick={() => void actions.call('faults.clear', { faultId: id })}
        >
          {t('frame.clear')}
        </Button>,
      ],
    }
  })
  return (
    <section className={styles.sheet} aria-label={t('lab.active')} data-testid="active-faults">
      <div className={styles.heading}>
        <h2>{t('lab.active')}</h2>
        <Button
          size="xs"
          variant="default"
          disabled={list.length === 0}
          leftSection={<IconBoltOff size={15} aria-hidden="true" />}
          onClick={() => void actions.call('faults.clearAll', {})}
        >
          {t('frame.clearAll')}
        </Button>
      </div>
      {list.length === 0 ? (
        <Empty text={t('lab.noneActive')} icon={<IconBoltOff size={36} stroke={1.3} aria-hidden="true" />} />
      ) : (
        <Table caption={t('lab.active')} isCaptionHidden columns={columns} rows={rows} />
      )}
    </section>
  )
}
