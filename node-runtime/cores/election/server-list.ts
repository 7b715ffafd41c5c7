import type { NodeId } from '#kit/ids'
import type { RankedServer } from './messages.ts'

/** Servers that one group may have. A reference that names more is broken, and would make every round of asking costly. */
export const serversMax = 64

/** All whom any list has named. What was learnt stays: a server that the reference misses may only be out of its hearing. */
export class ServerList {
  readonly #id: NodeId
  readonly #ranks = new Map<NodeId, number>()
  #servers: readonly RankedServer[] = []
  #others: readonly NodeId[] = []

  constructor(id: NodeId) {
    this.#id = id
  }

  get ownRank(): number | null {
    return this.#ranks.get(this.#id) ?? null
  }

  /** The smallest rank first. */
  get servers(): readonly RankedServer[] {
    return this.#servers
  }

  get others(): readonly NodeId[] {
    return this.#others
  }

  has(node: NodeId): boolean {
    return this.#ranks.has(node)
  }

  /** Servers that no list has named are worse than all others. Equal ranks are told apart by the ids. */
  isBetter(one: NodeId, other: NodeId): boolean {
    const [rank, otherRank] = [this.#ranks.get(one) ?? Infinity, this.#ranks.get(other) ?? Infinity]
    return rank === otherRank ? one < other : rank < otherRank
  }

  /** What is wrong with the list, or null. A newer rank of a server takes the place of an older one. */
  learn(servers: readonly RankedServer[]): string | null {
    let wrong: string | null = null
    let isNews = false
    for (const { node, rank } of servers) {
      if (this.#ranks.get(node) === rank) continue
      if (this.#ranks.size >= serversMax && !this.#ranks.has(node))
        wrong = `a list names more than ${serversMax} servers`
      else this.#ranks.set(node, rank)
      isNews = true
    }
    if (isNews) this.#sort()
    return wrong
  }

  #sort(): void {
    const servers = Array.from(this.#ranks, ([node, rank]) => ({ node, rank }))
    this.#servers = servers.sort((one, other) => (this.isBetter(one.node, other.node) ? -1 : 1))
    this.#others = this.#servers.map(({ node }) => node).filter((node) => node !== this.#id)
  }
}
