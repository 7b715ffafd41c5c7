import type { ShopServiceFacts } from '#contract/worker/shop'
import type { NodeId } from '#kit/ids'
import type { WholeAnswer } from '../../api-codec.ts'
import { shopHeaders } from '../api/shown.ts'

/** After a silence it is not asked first for so long; whatever it says ends that. */
const suspectMs = 1_000

interface Known {
  position: number | null
  answeredInMs: number | null
  heardMs: number | null
  suspectUntilMs: number
}

/** Who belongs to the group, as a node of it says; who has no vote there has not everything yet. */
export interface GroupMember {
  readonly nodeId: NodeId
  readonly isVoter: boolean
}

export interface CatalogueNodesParts {
  /** Whoever may ever be asked. */
  readonly nodes: readonly NodeId[]
  /** Those of them who are, until one of them says otherwise. */
  readonly founders: readonly NodeId[]
  readonly nowMs: () => number
  readonly isReachable: (node: NodeId) => boolean
}

/** What the gateway knows of nodes it asks, by what they said and did not say. */
export class CatalogueNodes {
  readonly #parts: CatalogueNodesParts
  readonly #known: ReadonlyMap<NodeId, Known>
  #primary: NodeId | null = null
  #members: readonly GroupMember[]
  /** Up to which entry whoever said so had the log. */
  #membersAt = 0
  #turn = 0

  constructor(parts: CatalogueNodesParts) {
    this.#parts = parts
    this.#members = parts.founders.map((nodeId) => ({ nodeId, isVoter: true }))
    this.#known = new Map(
      parts.nodes.map((node) => [node, { position: null, answeredInMs: null, heardMs: null, suspectUntilMs: 0 }]),
    )
  }

  /** Who led when somebody last said so. */
  get primary(): NodeId | null {
    return this.#primary
  }

  get facts(): readonly ShopServiceFacts[] {
    const nowMs = this.#parts.nowMs()
    return [...this.#known].flatMap(([nodeId, { position, answeredInMs, heardMs }]) => {
      const member = this.#members.find((one) => one.nodeId === nodeId)
      if (member === undefined) return []
      const heardMsAgo = heardMs === null ? null : nowMs - heardMs
      const isPrimary = nodeId === this.#primary
      const isLearner = !member.isVoter
      return { nodeId, isLive: this.isLive(nodeId), isPrimary, isLearner, position, answeredInMs, heardMsAgo }
    })
  }

  isLive(node: NodeId): boolean {
    const known = this.#known.get(node)
    return known !== undefined && this.#parts.isReachable(node) && this.#parts.nowMs() >= known.suspectUntilMs
  }

  /** Each in its turn, those that live before all others; never one that was tried already. null: all were. */
  next(tried: readonly NodeId[]): NodeId | null {
    const nodes = this.#members.flatMap(({ nodeId, isVoter }) => (isVoter ? [nodeId] : []))
    this.#turn = (this.#turn + 1) % nodes.length
    const inTurn = [...nodes.slice(this.#turn), ...nodes.slice(0, this.#turn)].filter((node) => !tried.includes(node))
    return inTurn.find((node) => this.isLive(node)) ?? inTurn[0] ?? null
  }

  heard(node: NodeId, { headers }: WholeAnswer, tookMs: number): void {
    const known = this.#known.get(node)
    if (known === undefined) return
    known.answeredInMs = tookMs
    known.heardMs = this.#parts.nowMs()
    known.suspectUntilMs = 0
    const position = Number(headers[shopHeaders.position] ?? Number.NaN)
    if (Number.isSafeInteger(position)) known.position = Math.max(known.position ?? 0, position)
    const leader = this.#parts.nodes.find((one) => one === headers[shopHeaders.leader])
    if (leader !== undefined) this.#primary = leader
  }

  /** The word of whoever has the log furthest counts: another may have missed who came and who went. */
  learned(members: readonly GroupMember[], position: number): void {
    const isSound = members.some(({ isVoter }) => isVoter)
    if (!isSound || position < this.#membersAt) return
    this.#members = members
    this.#membersAt = position
  }

  silent(node: NodeId): void {
    const known = this.#known.get(node)
    if (known !== undefined) known.suspectUntilMs = this.#parts.nowMs() + suspectMs
    if (this.#primary === node) this.#primary = null
  }
}
