import type { NodeCard } from '#contract/window/topology'
import type { RingPeerFacts } from '#contract/worker/ring'
import { unreachable } from '#kit/assert'

/** A report older than this is not drawn as live. Reports come about ten times a second. */
export const staleAfterMs = 2_000

/** What may be said of a node right now. `stale` and `unknown` are honest answers too. */
export type Condition =
  | 'leader'
  | 'follower'
  | 'candidate'
  | 'pre-candidate'
  /** It runs and reports, and takes part in no election. */
  | 'serving'
  /** In a ring that another leads; looking for one; it has left on purpose. */
  | 'member'
  | 'seeking'
  | 'left'
  | 'down'
  | 'stopped'
  | 'waiting'
  | 'starting'
  | 'stopping'
  | 'paused'
  | 'stale'
  | 'unknown'

export function conditionOf(node: NodeCard, hostNowMs: number): Condition {
  const { state } = node
  switch (state.kind) {
    case 'running':
      return runningCondition(node, hostNowMs)
    case 'crashed':
    case 'killed':
    case 'left-down':
      return 'down'
    case 'stopped':
    case 'waiting':
    case 'starting':
    case 'stopping':
      return state.kind
    default:
      return unreachable(state)
  }
}

function runningCondition({ view, viewWallMs, state }: NodeCard, hostNowMs: number): Condition {
  if (view === null || viewWallMs === null || !isViewOfThisLife({ state, viewWallMs })) return 'unknown'
  if (hostNowMs - viewWallMs > staleAfterMs) return 'stale'
  if (view.isPaused) return 'paused'
  if (view.ring !== null) return ringConditions[view.ring.state]
  return view.leadership === null ? 'serving' : (lastLeadership({ view }) ?? 'unknown')
}

/** Whoever is on its way out is still one of them. */
const ringConditions = {
  seeking: 'seeking',
  joining: 'seeking',
  member: 'member',
  leader: 'leader',
  electing: 'candidate',
  guest: 'member',
  leaving: 'member',
  left: 'left',
} as const satisfies Record<RingPeerFacts['state'], Condition>

/** A view from before this life of the worker tells nothing about it. */
export function isViewOfThisLife({ state, viewWallMs }: Pick<NodeCard, 'state' | 'viewWallMs'>): boolean {
  return (
    viewWallMs !== null && (!('sinceWallMs' in state) || state.kind !== 'running' || viewWallMs >= state.sinceWallMs)
  )
}

/** What it last said it was, whatever has become of it since. */
export function lastLeadership({ view }: Pick<NodeCard, 'view'>): Condition | null {
  if (view?.ring) return ringConditions[view.ring.state]
  const leadership = view?.leadership?.leadership
  return leadership === undefined || leadership === 'none' ? null : leadership
}

/** Able to take part in a vote, as far as the evidence goes. */
export function isPresent(condition: Condition): boolean {
  return ['leader', 'follower', 'candidate', 'pre-candidate'].includes(condition)
}

export function isDown(condition: Condition): boolean {
  return condition === 'down' || condition === 'stopped'
}

export function majorityOf(members: number): number {
  return Math.floor(members / 2) + 1
}

export function viewAgeMs({ viewWallMs }: Pick<NodeCard, 'viewWallMs'>, hostNowMs: number): number | null {
  return viewWallMs === null ? null : Math.max(0, hostNowMs - viewWallMs)
}
