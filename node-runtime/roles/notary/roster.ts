import { ByteReader, ByteWriter } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import type { Post } from '../post.ts'

/** What a peer tells the others of itself. */
export interface PeerCard {
  /** Where strangers reach it: `host:port`; empty: nowhere. */
  readonly address: string
  /** The verifier key under which it co-signs; empty: it has none yet. */
  readonly witnessKey: string
}

export interface RosterParts {
  readonly id: NodeId
  readonly peers: readonly NodeId[]
  readonly post: Post
  readonly own: () => PeerCard
}

const kind = 'notary-card'

export const rosterLimits = {
  /** Nothing is lost but time when a card is: the next one says the same. */
  tellEveryTicks: 20,
  addressCharsMax: 300,
  keyCharsMax: 400,
} as const

/** Who is where, and signs with which key, by each peer's own word. */
export class Roster {
  readonly #parts: RosterParts
  readonly #cards = new Map<NodeId, PeerCard>()
  #ticksLeft = 0

  constructor(parts: RosterParts) {
    this.#parts = parts
    const { peers, post } = parts
    post.read([kind], ({ from, body }) => {
      const card = decodeCard(body)
      if (card === null || !peers.includes(from)) return 'malformed'
      this.#cards.set(from, card)
      return null
    })
  }

  cardOf(node: NodeId): PeerCard | null {
    const { id, own } = this.#parts
    return node === id ? own() : (this.#cards.get(node) ?? null)
  }

  tick(): void {
    this.#ticksLeft -= 1
    if (this.#ticksLeft > 0) return
    this.#ticksLeft = rosterLimits.tellEveryTicks
    this.tell()
  }

  tell(): void {
    const { peers, post, own } = this.#parts
    const { address, witnessKey } = own()
    const body = new ByteWriter().text(address).text(witnessKey).done()
    for (const to of peers) post.send(to, { kind, body, cause: null })
  }
}

function decodeCard(bytes: Uint8Array): PeerCard | null {
  const reader = new ByteReader(bytes)
  const card = { address: reader.text(), witnessKey: reader.text() }
  const { addressCharsMax, keyCharsMax } = rosterLimits
  const isSound = reader.isDone && card.address.length <= addressCharsMax && card.witnessKey.length <= keyCharsMax
  return isSound ? card : null
}
