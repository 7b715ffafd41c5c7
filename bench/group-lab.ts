import type { NodeCard } from '#contract/window/topology'
import type { NodeId } from '#kit/ids'
import type { ClusterSpec } from '#supervisor/presets'
import { restartLimits } from '#supervisor/restart-budget'
import { registerCluster } from '#supervisor/testing/lab-client'
import { agreedLeader, openRealLab, type RealLab } from '#supervisor/testing/real-lab'

/** A replicated group of real workers that crash as often as somebody wants. */
export interface GroupLab {
  readonly lab: RealLab
  readonly spec: ClusterSpec
  readonly nodes: readonly NodeId[]
  /** The leader on whom all agree, with every node running. */
  whole(): Promise<NodeCard>
  close(): Promise<void>
}

export async function openGroupLab(peers: number): Promise<GroupLab> {
  const spec = registerCluster({ peers })
  // Every crash here is wanted and young; with the usual budget the nodes would be left down, and rightly.
  const restart = { ...restartLimits, crashesMax: Number.POSITIVE_INFINITY, delayMsMax: restartLimits.delayMs }
  const lab = openRealLab({ clusters: [spec], limits: { restart } })
  const started = await lab.supervisor.startCluster(spec.id)
  if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.message}`)
  return {
    lab,
    spec,
    nodes: spec.nodes.map(({ id }) => id),
    whole: () =>
      lab.until(({ clusters }) => {
        const nodes = clusters.flatMap((cluster) => cluster.nodes)
        return nodes.every(({ state }) => state.kind === 'running') && agreedLeader(nodes)
      }),
    close: () => lab.close(),
  }
}
