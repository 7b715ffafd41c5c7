import { Button } from '@mantine/core'
import type { NodeCard } from '#contract/window/topology'
import { useWords } from '../../i18n/use-words.ts'
import { useHands, useHostNow, useTopology } from '../../stores/context.tsx'
import { conditionOf, isDown } from '../../stores/derived/condition.ts'
import { faultsAt } from '../../stores/derived/faults-of.ts'
import { allNodes } from '../../stores/topology.ts'
import { Age } from '../../ui/age.tsx'
import { ConditionSign } from '../../ui/condition-sign.tsx'
import { Table } from '../../ui/table.tsx'
import styles from './node-table.module.css'

/** The picture's nodes as a table: the same facts, in words. */
export function NodeTable() {
  const { t, format } = useWords()
  const { actions } = useHands()
  const now = useHostNow()
  const snapshot = useTopology((state) => state.snapshot)
  const columns = [
    { key: 'node', title: t('common.node') },
    { key: 'condition', title: t('node.condition_') },
    { key: 'term', title: t('node.term'), isNumber: true },
    { key: 'evidence', title: t('node.evidence') },
    { key: 'cpu', title: t('node.cpu'), isNumber: true },
    { key: 'memory', title: t('node.memory'), isNumber: true },
    { key: 'address', title: t('node.address') },
    { key: 'process', title: t('node.process'), isNumber: true },
    { key: 'crashes', title: t('node.crashes'), isNumber: true },
    { key: 'faults', title: t('node.faults'), isNumber: true },
  ]
  const rowOf = (node: NodeCard) => {
    const condition = conditionOf(node, now)
    const view = condition === 'stale' || isDown(condition) ? null : node.view
    return {
      key: node.id,
      cells: [
        <Button
          key="name"
          size="compact-sm"
          variant="subtle"
          data-testid={`row-${node.id}`}
          onClick={() => actions.go({ page: 'overview', part: node.id })}
        >
          {node.id}
        </Button>,
        <span key="condition" className={styles.condition}>
          <ConditionSign condition={condition} size={20} /> {t(`node.condition.${condition}`)}
        </span>,
        node.view?.leadership?.term ?? '–',
        <Age key="age" wallMs={node.viewWallMs} />,
        view === null ? '–' : `${format.number(view.cpuPercent, 1)}\u00a0%`,
        view === null ? '–' : `${format.number(view.memoryMb)}\u00a0MB`,
        node.address === null ? '–' : `${node.address.host}:${node.address.port}`,
        'pid' in node.state && node.state.pid !== null ? node.state.pid : '–',
        format.number(node.crashes),
        format.number(faultsAt(snapshot?.faults ?? [], node.id).length),
      ],
    }
  }
  return <Table caption={t('node.table')} columns={columns} rows={allNodes(snapshot).map(rowOf)} testId="node-table" />
}
