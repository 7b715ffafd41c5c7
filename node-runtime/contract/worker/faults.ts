import type { FaultId, NodeId } from '#kit/ids'

/** Something we do to a node or a link on purpose. It means the same in a real cluster and in the simulator. */
export type Fault =
  | { readonly kind: 'kill'; readonly node: NodeId }
  | { readonly kind: 'pause'; readonly node: NodeId }
  /** Nothing from any of `from` reaches any of `to`. A partition is a cut with `both`. */
  | { readonly kind: 'cut'; readonly from: readonly NodeId[]; readonly to: readonly NodeId[]; readonly both: boolean }
  | {
      readonly kind: 'delay'
      readonly from: NodeId
      readonly to: NodeId
      readonly ms: number
      readonly jitterMs: number
    }
  | { readonly kind: 'loss'; readonly from: NodeId; readonly to: NodeId; readonly percent: number }
  | { readonly kind: 'duplicate'; readonly from: NodeId; readonly to: NodeId; readonly percent: number }
  | { readonly kind: 'skew'; readonly node: NodeId; readonly ms: number }
  | { readonly kind: 'slow-disk'; readonly node: NodeId; readonly ms: number }
  | { readonly kind: 'full-disk'; readonly node: NodeId }

export type FaultKind = Fault['kind']

export const faultKinds = [
  'kill',
  'pause',
  'cut',
  'delay',
  'loss',
  'duplicate',
  'skew',
  'slow-disk',
  'full-disk',
] as const satisfies readonly FaultKind[]

export interface ActiveFault {
  readonly id: FaultId
  readonly fault: Fault
  readonly sinceWallMs: number
  /** null: it lasts until somebody clears it. */
  readonly endsWallMs: number | null
}

/** What one link of a node suffers. Faults on the same link add up: the longest delay, the worst loss. */
export interface LinkRules {
  readonly to: NodeId
  readonly isCut: boolean
  readonly delayMs: number
  readonly jitterMs: number
  readonly lossPercent: number
  readonly duplicatePercent: number
}

/** All that is in force for one node, sent whole each time, so that a lost or doubled command does no harm. */
export interface FaultRules {
  /** Links out of this node to our own nodes; the sender's driver acts on them. A link without faults is absent. */
  readonly links: readonly LinkRules[]
  readonly isPaused: boolean
  readonly skewMs: number
  readonly slowDiskMs: number
  readonly isDiskFull: boolean
  /** Which faults these rules come from, so that a dropped message can name its cause. */
  readonly faultIds: readonly FaultId[]
}

export const noFaults: FaultRules = {
  links: [],
  isPaused: false,
  skewMs: 0,
  slowDiskMs: 0,
  isDiskFull: false,
  faultIds: [],
}
