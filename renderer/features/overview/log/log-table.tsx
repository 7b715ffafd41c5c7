import type { ClusterCard, NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { useHostNow, useTopology } from '../../../stores/context.tsx'
import { logSight } from '../../../stores/derived/log-sight.ts'
import { membershipOf, standingIn } from '../../../stores/derived/membership.ts'
import { Age } from '../../../ui/age.tsx'
import { Table } from '../../../ui/table.tsx'

/** The picture's logs as a table for each cluster: who counts as what, and every position by its number. */
export function LogTables() {
  const clusters = useTopology(({ snapshot }) => snapshot?.clusters) ?? []
  const logged = clusters.filter(({ kind }) => kind !== 'desk')
  return logged.map((cluster) => <LogTable key={cluster.id} cluster={cluster} />)
}

function LogTable({ cluster }: { readonly cluster: ClusterCard }) {
  const { t, format } = useWords()
  const now = useHostNow()
  const membership = membershipOf(cluster, now)
  const columns = [
    { key: 'node', title: t('common.node') },
    { key: 'standing', title: t('log.standing_') },
    { key: 'last', title: t('log.lastEntry'), isNumber: true },
    { key: 'term', title: t('log.lastTerm'), isNumber: true },
    { key: 'committed', title: t('log.committedIndex'), isNumber: true },
    { key: 'applied', title: t('log.appliedIndex'), isNumber: true },
    { key: 'snapshot', title: t('log.snapshotIndex'), isNumber: true },
    { key: 'behind', title: t('log.behind_'), isNumber: true },
    { key: 'news', title: t('log.news') },
    { key: 'evidence', title: t('node.evidence') },
  ]
  const rowOf = (node: NodeCard) => {
    const sight = logSight(cluster, node, now)
    const positions =
      sight === null
        ? Array.from({ length: 5 }, () => '–')
        : [
            sight.log.lastIndex,
            sight.log.lastTerm,
            sight.log.committedIndex,
            sight.log.appliedIndex,
            sight.log.snapshotIndex,
          ].map((index) => format.number(index))
    const behind = sight?.behind ?? null
    return {
      key: node.id,
      cells: [
        node.id,
        t(`log.standing.${standingIn(membership, node.id)}`),
        ...positions,
        behind === null ? '–' : format.number(behind),
        sight === null ? '–' : t(sight.isOld ? 'log.old' : 'log.live'),
        <Age key="age" wallMs={node.viewWallMs} />,
      ],
    }
  }
  const { commitsPerSecond } = cluster
  const caption = t('log.table', { cluster: t(`overview.clusters.${cluster.kind}`) })
  const rate = commitsPerSecond === null ? '' : `, ${t('log.commits', { value: format.number(commitsPerSecond) })}`
  return (
    <Table
      caption={`${caption}${rate}`}
      columns={columns}
      rows={cluster.nodes.map(rowOf)}
      testId={`log-table-${cluster.id}`}
    />
  )
}
