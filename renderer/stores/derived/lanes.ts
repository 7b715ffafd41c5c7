import type { RecordedEvent } from '#contract/window/recording'
import type { Leadership } from '#contract/worker/trace'
import type { Condition } from './condition.ts'

export interface Segment {
  readonly condition: Condition
  readonly term: number | null
  readonly fromMs: number
  readonly toMs: number
  /** It was still so at the end of the stretch. */
  readonly goesOn: boolean
}

export interface Lane {
  readonly nodeId: string
  readonly segments: readonly Segment[]
}

export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * What each node was, over a stretch of time, from the recorded changes alone. Before its first recorded change a node's
 * part is left empty, because the recording does not say.
 */
export function lanesOf(
  nodeIds: readonly string[],
  story: readonly RecordedEvent[],
  stretch: Stretch,
): readonly Lane[] {
  return nodeIds.map((nodeId) => ({ nodeId, segments: segmentsOf(nodeId, story, stretch) }))
}

interface Change {
  readonly atMs: number
  readonly condition: Condition
  readonly term: number | null
}

function segmentsOf(nodeId: string, story: readonly RecordedEvent[], stretch: Stretch): readonly Segment[] {
  const changes = story
    .flatMap((event) => (event.node === nodeId ? changesBy(event) : []))
    .filter((change, index, all) => !isSame(change, all[index - 1]))
  const segments = changes.map((change, index): Segment => {
    const next = changes[index + 1]
    return {
      condition: change.condition,
      term: change.term,
      fromMs: Math.max(stretch.fromMs, change.atMs),
      toMs: Math.min(stretch.toMs, next?.atMs ?? stretch.toMs),
      goesOn: next === undefined || next.atMs > stretch.toMs,
    }
  })
  return segments.filter(({ fromMs, toMs }) => toMs > fromMs)
}

/** Saying again what already was is no change. */
function isSame(change: Change, before: Change | undefined): boolean {
  return before !== undefined && before.condition === change.condition && before.term === change.term
}

function changesBy({ what, wallMs }: RecordedEvent): readonly Change[] {
  if (what.kind === 'role-changed') return [{ atMs: wallMs, condition: ofLeadership(what.to), term: what.term }]
  if (what.kind !== 'lifecycle') return []
  const change = { atMs: wallMs, term: null }
  switch (what.state) {
    case 'starting':
      return [{ ...change, condition: 'starting' }]
    case 'started':
      return [{ ...change, condition: 'unknown' }]
    case 'stopped':
      return [{ ...change, condition: 'stopped' }]
    default:
      return [{ ...change, condition: 'down' }]
  }
}

function ofLeadership(leadership: Leadership): Condition {
  return leadership === 'none' ? 'unknown' : leadership
}
