import type { windowLimits } from '#contract/window/contract'
import type { Fault, FaultKind } from '#contract/worker/faults'
import type { NodeId } from '#kit/ids'

/** What stands in the form. Numbers are kept for all kinds, so that changing the kind forgets nothing. */
export interface Draft {
  readonly kind: FaultKind
  readonly node: NodeId
  readonly from: readonly NodeId[]
  readonly to: readonly NodeId[]
  readonly both: boolean
  readonly ms: number
  readonly jitterMs: number
  readonly percent: number
}

/** The limits of the contract, checked by the compiler against it: the page's bundle takes types only. */
type Limits = typeof windowLimits
export const draftLimits: Pick<Limits, 'delayMsMax' | 'skewMsMax' | 'slowDiskMsMax'> = {
  delayMsMax: 60_000,
  skewMsMax: 86_400_000,
  slowDiskMsMax: 10_000,
}

/** Which numbers a kind of fault can carry. */
export function msRange(kind: FaultKind): { readonly min: number; readonly max: number } | null {
  if (kind === 'delay') return { min: 0, max: draftLimits.delayMsMax }
  if (kind === 'skew') return { min: -draftLimits.skewMsMax, max: draftLimits.skewMsMax }
  if (kind === 'slow-disk') return { min: 1, max: draftLimits.slowDiskMsMax }
  return null
}

export const isLinkKind = (kind: FaultKind): boolean => ['cut', 'delay', 'loss', 'duplicate'].includes(kind)

export function startDraft(kind: FaultKind, nodes: readonly NodeId[], at: NodeId | null): Draft | null {
  const node = at ?? nodes[0]
  if (node === undefined) return null
  const others = nodes.filter((id) => id !== node)
  const ms = kind === 'skew' ? 60_000 : kind === 'slow-disk' ? 200 : 300
  return {
    kind,
    node,
    from: [node],
    to: kind === 'cut' ? others : others.slice(0, 1),
    both: true,
    ms,
    jitterMs: 100,
    percent: 50,
  }
}

/** The fault that the form describes; null while it does not describe one. */
export function faultOf(draft: Draft): Fault | null {
  const { kind, node, both, ms, jitterMs, percent } = draft
  const from = draft.from[0]
  const to = draft.to[0]
  switch (kind) {
    case 'kill':
    case 'pause':
    case 'full-disk':
      return { kind, node }
    case 'skew':
    case 'slow-disk':
      return { kind, node, ms }
    case 'cut': {
      const isWhole = draft.from.length > 0 && draft.to.length > 0
      return isWhole && !draft.from.some((id) => draft.to.includes(id))
        ? { kind, from: draft.from, to: draft.to, both }
        : null
    }
    case 'delay':
      return from && to && from !== to ? { kind, from, to, ms, jitterMs } : null
    case 'loss':
    case 'duplicate':
      return from && to && from !== to ? { kind, from, to, percent } : null
  }
}
