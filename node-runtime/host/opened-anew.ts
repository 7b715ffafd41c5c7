import type { ClusterId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Lab } from './lab.ts'

type Labs = Pick<Lab, 'topology' | 'startCluster' | 'stopCluster'>

export interface OpenedAnew<Kept> {
  readonly kept: Result<Kept>
  /** As far as it was up before. */
  readonly opened: Result<unknown>
}

/** Nodes are told what was chosen when they start. A cluster that was up is up again also when the choice was refused. */
export async function openedAnew<Kept>(
  lab: Labs,
  clusterId: ClusterId,
  choose: () => Result<Kept>,
): Promise<OpenedAnew<Kept>> {
  const state = lab.topology().clusters.find(({ id }) => id === clusterId)?.state
  const wasUp = state === 'running' || state === 'starting'
  if (wasUp) {
    const stopped = await lab.stopCluster(clusterId)
    if (!stopped.ok) return { kept: stopped, opened: stopped }
  }
  const kept = choose()
  return { kept, opened: wasUp ? await lab.startCluster(clusterId) : kept }
}
