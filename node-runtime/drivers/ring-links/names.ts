import { createHash } from 'node:crypto'
import { type NodeId, nodeId } from '#kit/ids'
import { addressOf } from './addresses.ts'

/** Names peers: those of the lab by their node ids, all others by their address, so that each has one for ever. */
export class Names {
  readonly #nodes: ReadonlyMap<string, NodeId>
  readonly #peers: ReadonlyMap<NodeId, string>

  constructor(peers: readonly { readonly nodeId: NodeId; readonly id: string }[]) {
    this.#nodes = new Map(peers.map((peer) => [peer.id, peer.nodeId]))
    this.#peers = new Map(peers.map((peer) => [peer.nodeId, peer.id]))
  }

  nodeOf(peer: string): NodeId {
    const known = this.#nodes.get(peer)
    if (known !== undefined) return known
    const address = addressOf(peer)
    if (address !== null) return nodeId(`peer-${address.host.replaceAll('.', '-')}-${address.port}`)
    // No address at all, so it is never dialed; but a name in a trace must not break on it.
    return nodeId(`peer-x${createHash('sha256').update(peer).digest('hex').slice(0, 16)}`)
  }

  peerOf(node: NodeId): string | null {
    const known = this.#peers.get(node)
    if (known !== undefined) return known
    const parts = /^peer-(\d+)-(\d+)-(\d+)-(\d+)-(\d+)$/.exec(node)?.slice(1)
    if (parts === undefined) return null
    const peer = `${parts.slice(0, 4).join('.')}:${parts[4]}`
    return addressOf(peer) === null ? null : peer
  }
}
