import type { NodeCard } from '#contract/window/topology'
import { type RingRefusal, ringRefusals } from '#contract/worker/ring'
import { spokenFacts } from '../../stores/derived/rings.ts'

/** The kinds that are known here, and whatever a newer peer adds. */
export type Refusal = RingRefusal | 'other'

export interface PeerTroubles {
  readonly node: string
  readonly name: string
  readonly refused: readonly { readonly why: Refusal; readonly count: number }[]
  readonly refusedInAll: number
  /** Words of peers of our own that break the protocol: forged names, numbers out of order. */
  readonly anomalies: number
  /** 0: well; each more makes it as many times more patient with others. */
  readonly slowness: number
  readonly waiting: number
}

/** What each peer that speaks had to refuse, and how well it is itself. */
export function troublesOf(cards: readonly NodeCard[], hostNowMs: number): readonly PeerTroubles[] {
  return cards.flatMap((card): PeerTroubles[] => {
    const facts = spokenFacts(card, hostNowMs)
    if (facts === null) return []
    const counts = new Map<Refusal, number>()
    for (const [why, count] of Object.entries(facts.refused)) {
      const known = ringRefusals.find((one) => one === why) ?? 'other'
      if (count > 0) counts.set(known, (counts.get(known) ?? 0) + count)
    }
    const refused = [...counts].map(([why, count]) => ({ why, count }))
    return [
      {
        node: card.id,
        name: facts.name,
        refused,
        refusedInAll: refused.reduce((sum, { count }) => sum + count, 0),
        anomalies: card.view?.anomalies ?? 0,
        slowness: facts.localHealth,
        waiting: facts.waiting,
      },
    ]
  })
}
