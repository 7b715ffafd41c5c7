import { parseServerList } from '#cores/election/codec'
import type { RankedServer, RankView } from '#cores/election/messages'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { NodeHands, Program } from '../subject.ts'
import { listTicksOf, type RankWords } from './rank-program.ts'

/** The reference server: ranks in the order of first asking, kept for good; its list leaves out who fell silent. */
export class RankReference implements Program<RankWords> {
  readonly #hands: NodeHands<RankWords>
  readonly #heardMs = new Map<NodeId, number>()
  #ranked: readonly RankedServer[]

  constructor(hands: NodeHands<RankWords>) {
    this.#hands = hands
    this.#ranked = readRanks(hands)
  }

  /** It is no server: it shows itself as one without a rank, who takes no part. */
  get view(): RankView {
    const { id } = this.#hands
    return { id, phase: 'starting', coordinator: null, coordinatorHeardTicksAgo: null, rank: null, servers: [] }
  }

  receive(from: NodeId, message: RankWords['message']): void {
    if (message.kind !== 'list-request') return this.#hands.anomaly(`${from} sent ${message.kind} to the reference`)
    const { clock, scenario } = this.#hands
    this.#heardMs.set(from, clock.now())
    if (!this.#ranked.some(({ node }) => node === from)) this.#keep([...this.#ranked, { node: from, rank: this.#next }])
    const sinceMs = clock.now() - absentAfterLists * scenario.tickMs * listTicksOf(scenario)
    const servers = this.#ranked.filter(({ node }) => (this.#heardMs.get(node) ?? -1) >= Math.max(0, sinceMs))
    this.#hands.send(from, { kind: 'list', servers })
  }

  setFaults(): void {}

  get #next(): number {
    return 1 + this.#ranked.length
  }

  #keep(ranked: readonly RankedServer[]): void {
    const bytes = new TextEncoder().encode(JSON.stringify(ranked))
    this.#hands.store.transaction((tx) => tx.put('reference', 'ranks', bytes))
    this.#ranked = ranked
  }
}

/** A server that has not asked for so many lists is taken for gone. */
const absentAfterLists = 3

function readRanks({ store }: NodeHands<RankWords>): readonly RankedServer[] {
  const bytes = store.view().get('reference', 'ranks')
  if (bytes === null) return []
  const ranked = parseServerList(JSON.parse(new TextDecoder().decode(bytes)))
  assert(ranked !== null, 'the reference reads what it wrote')
  return ranked
}
