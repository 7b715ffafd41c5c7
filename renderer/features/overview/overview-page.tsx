import { lazy, Suspense } from 'react'
import { useTopology, useUi } from '../../stores/context.tsx'
import { clusterOf, findNode } from '../../stores/topology.ts'
import { Busy } from '../../ui/busy.tsx'
import { Feed } from './feed/feed.tsx'
import { GroupLostNote } from './group-lost-note.tsx'
import { LeaderAnnouncer } from './leader-announcer.tsx'
import { Legend } from './legend.tsx'
import { LinkTable } from './link-table.tsx'
import { LogTables } from './log/log-table.tsx'
import { NoClusters } from './no-clusters.tsx'
import { NodeTable } from './node-table.tsx'
import styles from './overview-page.module.css'
import { NodePanel } from './panel/node-panel.tsx'
import { StoppedNote } from './stopped-note.tsx'
import { StoryHeader } from './story-header.tsx'

// Fetched at once and not when first drawn: the picture is what people came for.
const graph = import('./graph/graph.tsx')
const Graph = lazy(() => graph.then(({ Graph: value }) => ({ default: value })))

export function OverviewPage() {
  const look = useUi((state) => state.look)
  const part = useUi((state) => state.route.part)
  const closeUp = useUi((state) => state.closeUp)
  const hasSnapshot = useTopology((state) => state.snapshot !== null)
  const clusterId = useTopology(({ snapshot }) => {
    const of = part === null ? null : clusterOf(snapshot, part)
    const near = snapshot?.clusters.find(({ id }) => id === closeUp)
    return (of ?? near ?? snapshot?.clusters[0])?.id ?? null
  })
  const selected = useTopology((state) => (part === null ? null : (findNode(state.snapshot, part)?.id ?? null)))
  if (!hasSnapshot) return <Busy />
  if (clusterId === null) return <NoClusters />
  return (
    <div className={styles.page} data-panel={selected !== null}>
      <StoryHeader clusterId={clusterId} />
      <LeaderAnnouncer clusterId={clusterId} />
      <div className={styles.picture}>
        <GroupLostNote clusterId={clusterId} />
        {look === 'picture' ? (
          <>
            <Suspense fallback={<Busy />}>
              <Graph />
            </Suspense>
            <StoppedNote clusterId={clusterId} />
            <Legend />
          </>
        ) : (
          <div className={styles.tables}>
            <NodeTable />
            <LogTables />
            <LinkTable />
          </div>
        )}
      </div>
      {selected === null ? null : <NodePanel key={selected} nodeId={selected} />}
      <Feed />
    </div>
  )
}
