import { parseRankMessage } from '#cores/election/codec'
import type { RankMessage } from '#cores/election/messages'
import { RankCore } from '#cores/election/rank'
import { idPattern, type NodeId, nodeId } from '#kit/ids'
import type { Letter, Post } from '../../post.ts'
import type { KnownRanks } from './known-ranks.ts'

export interface CoordinatorParts {
  readonly self: NodeId
  readonly servers: readonly NodeId[]
  readonly tickMs: number
  readonly post: Post
  readonly known: KnownRanks
  /** What the reference says of who serves, foreign servers among them. */
  readonly ranks: () => readonly { readonly name: string; readonly rank: number }[]
  /** This server is the coordinator from now on. */
  readonly elected: () => void
}

/** Nobody waits for it: while there is none, clocks go on as they are. */
const timingMs = { heartbeat: 500, silence: 2_000, answer: 400, announce: 1_500 } as const

const prefix = 'rank-'
const kinds = ['election', 'ok', 'coordinator'] as const satisfies readonly RankMessage['kind'][]

/** Who keeps the clocks: of our servers the one with the smallest rank, as the reference gave them. */
export class Coordinator {
  readonly #parts: CoordinatorParts
  readonly #core: RankCore
  #ranks: ReturnType<CoordinatorParts['ranks']> | null = null
  #anomalies = 0

  constructor(parts: CoordinatorParts) {
    this.#parts = parts
    const ticks = (ms: number): number => Math.ceil(ms / parts.tickMs)
    this.#core = new RankCore({
      id: parts.self,
      servers: parts.known.all.filter(({ node }) => parts.servers.includes(node)),
      heartbeatTicks: ticks(timingMs.heartbeat),
      silenceTicks: ticks(timingMs.silence),
      answerTicks: ticks(timingMs.answer),
      announceTicks: ticks(timingMs.announce),
    })
    parts.post.read(
      kinds.map((kind) => prefix + kind),
      (letter) => this.#heard(letter),
    )
  }

  /** A wish and no fact: another server may follow another one for a while. */
  get node(): NodeId | null {
    return this.#core.view.coordinator
  }

  get anomalies(): number {
    return this.#anomalies
  }

  /** While the node is awake. */
  tick(): void {
    const ranks = this.#parts.ranks()
    if (ranks !== this.#ranks) {
      this.#ranks = ranks
      const ours = ranks.flatMap(({ name, rank }) => (this.#isOurs(name) ? { node: nodeId(name), rank } : []))
      if (ours.length > 0) this.#parts.known.keep(ours)
      this.#step({ kind: 'list', servers: ours })
    }
    this.#step({ kind: 'tick' })
  }

  #heard({ from, kind, body }: Letter): 'malformed' | null {
    const message = parseRankMessage({ kind: kind.slice(prefix.length) })
    if (message === null || body.length > 0 || !this.#parts.servers.includes(from)) return 'malformed'
    this.#step({ kind: 'message', from, message })
    return null
  }

  #step(input: Parameters<RankCore['step']>[0]): void {
    const { messages, notes, anomaly } = this.#core.step(input)
    if (anomaly !== null) this.#anomalies += 1
    for (const { to, message } of messages) {
      this.#parts.post.send(to, { kind: prefix + message.kind, body: new Uint8Array(0), cause: null })
    }
    if (notes.some(({ to }) => to === 'coordinating')) this.#parts.elected()
  }

  #isOurs(name: string): boolean {
    return idPattern.test(name) && this.#parts.servers.some((server) => server === name)
  }
}
