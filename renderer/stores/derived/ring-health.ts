import type { ClusterCard } from '#contract/window/topology'
import type { Health, HealthReason } from './health.ts'
import { doubtsAbout, type RingSight, ringSight } from './rings.ts'

/** A ring needs no majority: one peer alone is a ring. It is ill where it is two, leads itself nowhere, or lacks a peer. */
export function ringHealth(cluster: ClusterCard, ofNodes: readonly HealthReason[], hostNowMs: number): Health {
  const sight = ringSight(cluster, hostNowMs)
  const reasons = [...ofRing(cluster, sight), ...ofPeers(cluster, sight), ...ofNodes]
  const isStarting = ofNodes.some(({ kind }) => kind === 'node-starting')
  if (isStarting) return { word: 'starting', reasons }
  if (sight.isSplit) return { word: 'split', reasons }
  if (reasons.some(({ kind }) => kind === 'no-leader')) return { word: 'electing', reasons }
  if (sight.speaking.length === 0) return { word: 'halted', reasons }
  return { word: reasons.length === 0 ? 'well' : 'impaired', reasons }
}

function ofRing({ id: cluster }: ClusterCard, { isSplit, rings }: RingSight): readonly HealthReason[] {
  if (isSplit) return [{ kind: 'ring-split', cluster, count: rings.filter(({ isLed }) => isLed).length }]
  return rings.length > 0 && rings.every(({ isLed }) => !isLed) ? [{ kind: 'no-leader', cluster }] : []
}

function ofPeers({ nodes }: ClusterCard, sight: RingSight): readonly HealthReason[] {
  return nodes.flatMap(({ id: node, view }): HealthReason[] => {
    const spoken = sight.speaking.find((peer) => peer.node.id === node)?.facts.state
    const doubts = view?.ring ? doubtsAbout(view.ring.id, sight) : null
    const suspected = doubts?.suspected[0]
    const dead = doubts?.dead[0]
    return [
      ...(spoken === 'seeking' || spoken === 'joining' ? [{ kind: 'peer-seeking', node } as const] : []),
      ...(spoken === 'left' ? [{ kind: 'peer-left', node } as const] : []),
      ...(suspected === undefined ? [] : [{ kind: 'peer-suspected', node, by: suspected } as const]),
      ...(dead === undefined ? [] : [{ kind: 'peer-dead', node, by: dead } as const]),
    ]
  })
}
