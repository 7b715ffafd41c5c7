import type { NodeCard } from '#contract/window/topology'
import type { DeskNotaryStatus, NotaryPeerView } from '#contract/worker/desk'
import type { NodeId } from '#kit/ids'

/** A peer as the chain page shows it: its node's life from the lab, its register as the desk has heard of it. */
export interface Peer {
  readonly id: NodeId
  readonly isUp: boolean
  readonly leads: boolean
  readonly size: number | null
  readonly head: string | null
  readonly http: string | null
  readonly heardWallMs: number | null
  readonly examination: NotaryPeerView['examination']
}

/** Members appear and vanish with their nodes; what the desk knows is added to those that are there. */
export function peersOf(
  nodes: readonly NodeCard[],
  status: DeskNotaryStatus | null,
  leader: NodeId | null,
): readonly Peer[] {
  return nodes.map(({ id, state, view, viewWallMs }): Peer => {
    const known = status?.peers.find(({ nodeId }) => nodeId === id)
    const own = view?.notary ?? null
    return {
      id,
      isUp: state.kind === 'running',
      leads: leader === id,
      size: own?.size ?? known?.size ?? null,
      head: own?.head ?? known?.head ?? null,
      http: known?.http ?? null,
      heardWallMs: known?.heardWallMs ?? viewWallMs,
      examination: own?.examination ?? known?.examination ?? { kind: 'none' },
    }
  })
}
