import { Button } from '@mantine/core'
import type { NodeCard } from '#contract/window/topology'
import { faultSentence } from '../../../i18n/sentences/fault.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { useHands, useTopology } from '../../../stores/context.tsx'
import { faultsAt } from '../../../stores/derived/faults-of.ts'
import { clusterOf } from '../../../stores/topology.ts'
import { FaultForm } from '../../../ui/fault-form/fault-form.tsx'
import { FaultTimeLeft } from '../../../ui/fault-time-left.tsx'
import { Sentence } from '../../../ui/sentence.tsx'
import styles from './actions-tab.module.css'
import { HandOver } from './hand-over.tsx'
import panel from './node-panel.module.css'

/** Every fault that can be done to this node or its links, and those that are in force here. */
export function ActionsTab({ node }: { readonly node: NodeCard }) {
  const speech = useWords()
  const { t } = speech
  const { actions } = useHands()
  const snapshot = useTopology((state) => state.snapshot)
  const active = faultsAt(snapshot?.faults ?? [], node.id)
  const peers = clusterOf(snapshot, node.id)?.nodes.map(({ id }) => id) ?? []
  return (
    <>
      {active.length === 0 ? null : (
        <section className={panel.section}>
          <h3>{t('panel.actionsActive')}</h3>
          <ul className={styles.active}>
            {active.map(({ id, fault, endsWallMs }) => {
              const sentence = faultSentence(fault, speech)
              return (
                <li key={id}>
                  <span>
                    <Sentence text={sentence} />
                    <small>
                      <FaultTimeLeft endsWallMs={endsWallMs} />
                    </small>
                  </span>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('faults.clearOne', { fault: sentence })}
                    onClick={() => void actions.call('faults.clear', { faultId: id })}
                  >
                    {t('frame.clear')}
                  </Button>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      <HandOver node={node} />
      <section className={panel.section}>
        <h3>{t('panel.actionsFault')}</h3>
        <FaultForm nodes={peers} at={node.id} onInject={actions.inject} />
      </section>
    </>
  )
}
