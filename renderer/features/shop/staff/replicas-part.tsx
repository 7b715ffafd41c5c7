import { useWords } from '../../../i18n/use-words.ts'
import { useTopology } from '../../../stores/context.tsx'
import { type Replicas, replicasOf } from '../../../stores/shop/replicas.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { Table } from '../../../ui/table.tsx'
import { ChoicePanel } from '../choice-panel.tsx'
import { useStanding } from '../use-shop.ts'
import { ReplicaAdd } from './replica-add.tsx'
import { ReplicaRemove } from './replica-remove.tsx'
import styles from './staff.module.css'

/** The services as the gateway sees them, and how far the nodes of the catalogue are behind; and how to have more of them, or fewer. */
export function ReplicasPart() {
  const { t } = useWords()
  const { value, failure, again } = useStanding('shop.replicas', {})
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ kind }) => kind === 'shop') ?? null)
  if (value === null) return failure === null ? <Busy /> : <Refusal code={failure} onRetry={again} />
  const replicas = replicasOf(value.services, cluster)
  return (
    <div className={styles.replicas}>
      <div>
        <p className={styles.soft}>{t('shop.replicas.lead')}</p>
        {replicas.rows.length === 0 ? (
          <Empty text={t('shop.replicas.empty')} />
        ) : (
          <ReplicaTable replicas={replicas} behind={value.behind} />
        )}
        {cluster === null ? null : <ReplicaAdd clusterId={cluster.id} canAdd={replicas.canAdd} />}
      </div>
      <ChoicePanel choice={value.choice} />
    </div>
  )
}

interface ReplicaTableProps {
  readonly replicas: Replicas
  readonly behind: Readonly<Record<string, number | null>>
}

function ReplicaTable({ replicas: { rows, canRemove }, behind }: ReplicaTableProps) {
  const { t, format } = useWords()
  const figure = (value: number | null | undefined): string => (value == null ? '–' : format.number(value))
  return (
    <Table
      caption={t('shop.staff.parts.replicas')}
      isCaptionHidden
      columns={[
        { key: 'node', title: t('common.node') },
        { key: 'state', title: t('shop.replicas.state') },
        { key: 'position', title: t('shop.replicas.position'), isNumber: true },
        { key: 'behind', title: t('shop.replicas.behind'), isNumber: true },
        { key: 'answered', title: t('shop.replicas.answeredIn'), isNumber: true },
        { key: 'heard', title: t('shop.replicas.heard') },
        { key: 'actions', title: t('shop.staff.columns.actions') },
      ]}
      rows={rows.map(({ nodeId, state, isReplica, facts }) => ({
        key: nodeId,
        cells: [
          <span key="node" data-testid={`shop-service-${nodeId}`} data-state={state}>
            {nodeId}
          </span>,
          t(`shop.replicas.${state}`),
          // Whatever else answers names places of the catalogue's log, and has none of its own.
          figure(isReplica ? facts?.position : null),
          figure(behind[nodeId]),
          facts?.answeredInMs == null ? '–' : format.duration(facts.answeredInMs),
          facts?.heardMsAgo == null ? '–' : t('common.age.ago', { time: format.coarse(facts.heardMsAgo) }),
          isReplica ? <ReplicaRemove key="remove" node={nodeId} canRemove={canRemove} /> : null,
        ],
      }))}
      testId="shop-services"
    />
  )
}
