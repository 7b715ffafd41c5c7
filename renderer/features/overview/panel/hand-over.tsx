import { Button } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import type { ClusterCard, NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useHostNow, useTopology } from '../../../stores/context.tsx'
import { leadersOf } from '../../../stores/derived/leaders.ts'
import { clusterOf } from '../../../stores/topology.ts'
import styles from './actions-tab.module.css'
import panel from './node-panel.module.css'

/** Another leader without an outage: the present one lets the chosen node catch up, and then asks it to stand. */
export function HandOver({ node }: { readonly node: NodeCard }) {
  const { t } = useWords()
  const cluster = useTopology((state) => clusterOf(state.snapshot, node.id))
  if (cluster === null) return null
  return (
    <section className={panel.section} data-testid="hand-over">
      <h3>{t('panel.handOver')}</h3>
      <p className={panel.note}>{t('panel.handOverNote')}</p>
      <Wishes cluster={cluster} node={node} />
    </section>
  )
}

/** At the leader: to whom; at any other node: whether it shall be this one. */
function Wishes({ cluster, node }: { readonly cluster: ClusterCard; readonly node: NodeCard }) {
  const { t } = useWords()
  const { askForLeader } = useActions()
  const { leader } = leadersOf(cluster, useHostNow())
  if (leader === null) return <p>{t('panel.handOverNobody')}</p>
  const chosen = leader.id === node.id ? cluster.nodes.filter((peer) => peer !== leader) : [node]
  const isUnderWay = leader.view?.leadership?.handingOverTo ?? null
  return (
    <div className={styles.wishes}>
      {chosen.map(({ id }) => (
        <Button
          key={id}
          size="xs"
          variant="default"
          leftSection={<IconArrowsExchange size={15} aria-hidden="true" />}
          loading={isUnderWay === id}
          data-testid={`hand-over-to-${id}`}
          onClick={() => void askForLeader(id)}
        >
          {leader.id === node.id
            ? t('panel.handOverTo', { node: id })
            : t('panel.handOverHere', { leader: leader.id, node: id })}
        </Button>
      ))}
    </div>
  )
}
