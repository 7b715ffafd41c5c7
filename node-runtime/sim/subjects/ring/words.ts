import { peerId } from '#cores/ring/ids'
import type {
  LifeId,
  PeerId,
  RingFacts,
  RingInput,
  RingMessage,
  RingNote,
  RingOutput,
  RingRecord,
  RingShout,
} from '#cores/ring/messages'
import { type NodeId, nodeId } from '#kit/ids'

/** A shout is the same words to everybody: the virtual network knows no group, so it goes to one after the other. */
export type RingWord =
  | { readonly kind: 'message'; readonly life: LifeId; readonly message: RingMessage }
  | { readonly kind: 'shout'; readonly shout: RingShout }
  /** Of a host: its peer has ended, or nobody listens there. */
  | { readonly kind: 'lost'; readonly why: 'refused' | 'closed' }

/** What a person said there; with it an observer knows who may be quoted with what. */
export interface Said {
  readonly kind: 'said'
  readonly uuid: string
  readonly text: string
}

export interface RingPeerView {
  readonly node: NodeId
  readonly facts: RingFacts
  readonly history: HistoryShown
  /** What it had when trouble ended, or when it came back after that. Empty before. */
  readonly heldInCalm: readonly RingRecord[]
}

export interface HistoryShown {
  /** Counts changes: whoever has looked at it at that count needs not look again. */
  readonly revision: number
  newestFirst(): Iterable<RingRecord>
}

export type RingWords = {
  readonly message: RingWord
  readonly view: RingPeerView
  readonly note: RingNote | Said
}

/** The slice of a core that feeding it needs. A planted bug may stand in front of the real one. */
export interface RingMachine {
  readonly facts: RingFacts
  readonly history: HistoryShown
  step(inputs: readonly RingInput[]): RingOutput
}

const idsUpTo = 9

/** The first nodes are those that stay away in calm; they have the greatest ids, because greater ones come to lead. */
export function peerOf(node: NodeId): PeerId {
  return peerId(`10.0.0.${idsUpTo - Number(node.slice(1))}:9001`)
}

export function nodeOf(peer: PeerId): NodeId {
  return nodeId(`n${idsUpTo - Number(peer.slice('10.0.0.'.length, peer.indexOf(':')))}`)
}
