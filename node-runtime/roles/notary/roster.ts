import { ByteReader, ByteWriter } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import type { Post } from '../post.ts'

/** What a peer tells the others of itself. */
export interface PeerCard {
  /** Where strangers reach it: `host:port`; empty: nowhere. */
  readonly address: string
  /** The verifier key under which it co-signs; empty: it has none yet. */
  readonly witnessKey: string
  /** How many records of a copy that the group counts on it has lately computed anew, all of them sound; 0: none. */
  readonly soundSize: number
  /** Its own copy is wrong, and had so many records: the others are to see whether theirs are sound as far. 0: it is not. */
  readonly wantedSize: number
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
  /** Of whom nothing was heard for so long, nobody knows whether it is there. */
  silentTicksMax: 80,
  addressCharsMax: 300,
  keyCharsMax: 400,
} as const

/** Who is where, and signs with which key, by each peer's own word. */
export class Roster {
  readonly #parts: RosterParts
  readonly #cards = new Map<NodeId, { readonly card: PeerCard; readonly atTick: number }>()
  #ticks = 0
  #ticksLeft = 0

  constructor(parts: RosterParts) {
    this.#parts = parts
    const { peers, post } = parts
    post.read([kind], ({ from, body }) => {
      const card = decodeCard(body)
      if (card === null || !peers.includes(from)) return 'malformed'
      this.#cards.set(from, { card, atTick: this.#ticks })
      return null
    })
  }

  cardOf(node: NodeId): PeerCard | null {
    const { id, own } = this.#parts
    return node === id ? own() : (this.#cards.get(node)?.card ?? null)
  }

  /** The others who have just said that their copies are sound, as far as that at least. */
  soundOnes(size: number): readonly NodeId[] {
    return this.#fresh.filter(({ card }) => card.soundSize >= size).map(({ node }) => node)
  }

  /** Up to where some other one wants to know whether copies are sound. */
  get wantedSize(): number {
    return Math.max(0, ...this.#fresh.map(({ card }) => card.wantedSize))
  }

  tick(): void {
    this.#ticks += 1
    this.#ticksLeft -= 1
    if (this.#ticksLeft > 0) return
    this.#ticksLeft = rosterLimits.tellEveryTicks
    this.tell()
  }

  tell(): void {
    const { peers, post, own } = this.#parts
    const { address, witnessKey, soundSize, wantedSize } = own()
    const body = new ByteWriter().text(address).text(witnessKey).number(soundSize).number(wantedSize).done()
    for (const to of peers) post.send(to, { kind, body, cause: null })
  }

  get #fresh(): readonly { readonly node: NodeId; readonly card: PeerCard }[] {
    const since = this.#ticks - rosterLimits.silentTicksMax
    return [...this.#cards].flatMap(([node, { card, atTick }]) => (atTick >= since ? [{ node, card }] : []))
  }
}

function decodeCard(bytes: Uint8Array): PeerCard | null {
  const reader = new ByteReader(bytes)
  const [address, witnessKey] = [reader.text(), reader.text()]
  const card = { address, witnessKey, soundSize: reader.count(), wantedSize: reader.count() }
  const { addressCharsMax, keyCharsMax } = rosterLimits
  const isCard = reader.isDone && card.address.length <= addressCharsMax && card.witnessKey.length <= keyCharsMax
  return isCard ? card : null
}
