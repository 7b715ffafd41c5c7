import type { NodePlan } from '#contract/worker/protocol'
import type { NodeId } from '#kit/ids'

/** Who is who for people: nodes of this lab by their ids, all other peers by their addresses. */
export class RingNames {
  readonly #nodes: ReadonlyMap<string, NodeId>

  constructor({ nodeId, peers }: Pick<NodePlan, 'nodeId' | 'peers'>, ownId: string) {
    const others = peers.map((peer) => [`${peer.host}:${peer.port}`, peer.nodeId] as const)
    this.#nodes = new Map([[ownId, nodeId], ...others])
  }

  /** null: a peer that is no node of this lab. */
  nodeOf(peer: string): NodeId | null {
    return this.#nodes.get(peer) ?? null
  }

  shown(peer: string): string {
    return this.#nodes.get(peer) ?? peer
  }
}
