import type { ClusterCard, LinkCard } from '#contract/window/topology'
import type { ActiveFault } from '#contract/worker/faults'
import { conditionOf, isDown } from './condition.ts'

/** A link on which nothing was heard for this long is not drawn as live. */
export const quietAfterMs = 2_000

export type LinkCondition = 'live' | 'quiet' | 'cut' | 'ended' | 'never'

export interface LinkSight {
  readonly link: LinkCard
  readonly condition: LinkCondition
  /** Age of the last evidence that something came through; null: nothing ever did. */
  readonly heardMsAgo: number | null
}

export function linkSights(
  cluster: ClusterCard,
  faults: readonly ActiveFault[],
  hostNowMs: number,
): readonly LinkSight[] {
  const ended = new Set<string>(
    cluster.nodes.filter((node) => isDown(conditionOf(node, hostNowMs))).map((node) => node.id),
  )
  return cluster.links.map((link) => {
    const heardMsAgo = link.heardWallMs === null ? null : Math.max(0, hostNowMs - link.heardWallMs)
    const isCut = faults.some((active) => cuts(active, link))
    if (isCut) return { link, condition: 'cut', heardMsAgo }
    if (ended.has(link.from) || ended.has(link.to)) return { link, condition: 'ended', heardMsAgo }
    if (heardMsAgo === null) return { link, condition: 'never', heardMsAgo }
    return { link, condition: heardMsAgo > quietAfterMs ? 'quiet' : 'live', heardMsAgo }
  })
}

function cuts({ fault }: ActiveFault, { from, to }: LinkCard): boolean {
  if (fault.kind !== 'cut') return false
  if (fault.from.includes(from) && fault.to.includes(to)) return true
  return fault.both && fault.from.includes(to) && fault.to.includes(from)
}
