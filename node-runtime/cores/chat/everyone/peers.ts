import type { NodeId } from '#kit/ids'
import type { LogId, Mark } from './messages.ts'

interface Peer {
  heardTicksAgo: number
  marks: ReadonlyMap<LogId, number>
  /** Of what was missing here so much has come, and there is more. */
  given: number
}

/** The other servers, as far as they have been heard. */
export class Peers {
  readonly ids: readonly NodeId[]
  readonly #peers: ReadonlyMap<NodeId, Peer>
  #turn = 0

  constructor(ids: readonly NodeId[]) {
    this.ids = ids
    const unheard = (): Peer => ({ heardTicksAgo: Number.POSITIVE_INFINITY, marks: new Map(), given: 0 })
    this.#peers = new Map(ids.map((id) => [id, unheard()]))
  }

  has(id: NodeId): boolean {
    return this.#peers.has(id)
  }

  tick(): void {
    for (const peer of this.#peers.values()) peer.heardTicksAgo += 1
  }

  /** Whose turn it is to be compared with. */
  next(): NodeId | null {
    this.#turn += 1
    return this.ids[this.#turn % Math.max(1, this.ids.length)] ?? null
  }

  heard(id: NodeId): void {
    const peer = this.#peers.get(id)
    if (peer !== undefined) peer.heardTicksAgo = 0
  }

  /** The last word counts: whoever lost its disk holds less than it did. */
  holds(id: NodeId, marks: readonly Mark[]): void {
    const peer = this.#peers.get(id)
    if (peer !== undefined) peer.marks = new Map(marks.map(({ log, upTo }) => [log, upTo]))
  }

  isHere(id: NodeId, hereTicks: number): boolean {
    return (this.#peers.get(id)?.heardTicksAgo ?? Number.POSITIVE_INFINITY) <= hereTicks
  }

  /** All that are here have so much of that log. */
  haveAll({ log, upTo }: Mark, hereTicks: number): boolean {
    return this.ids.every((id) => !this.isHere(id, hereTicks) || (this.#peers.get(id)?.marks.get(log) ?? 0) >= upTo)
  }

  /** How many of those that were missing have come, once there is no more; null: there is. */
  gave(id: NodeId, entries: number, hasMore: boolean): number | null {
    const peer = this.#peers.get(id)
    if (peer === undefined) return null
    const given = peer.given + entries
    peer.given = hasMore ? given : 0
    return hasMore ? null : given
  }
}
