import type { RecordedEvent } from '#contract/window/recording'
import type { Fault } from '#contract/worker/faults'
import type { Stretch } from '../../../stores/derived/lanes.ts'

export interface FaultSpan {
  readonly id: string
  readonly fault: Fault
  readonly fromMs: number
  readonly toMs: number
  readonly goesOn: boolean
}

/** When each fault was in force, from what was recorded of its beginning and end. */
export function faultSpans(story: readonly RecordedEvent[], stretch: Stretch): readonly FaultSpan[] {
  const open = new Map<string, FaultSpan>()
  const closed: FaultSpan[] = []
  for (const { what, wallMs } of story) {
    if (what.kind !== 'fault') continue
    if (what.phase === 'began') {
      open.set(what.id, { id: what.id, fault: what.fault, fromMs: wallMs, toMs: stretch.toMs, goesOn: true })
      continue
    }
    // The beginning may be forgotten: then the span starts at the edge of what is shown.
    const began = open.get(what.id) ?? { id: what.id, fault: what.fault, fromMs: stretch.fromMs }
    open.delete(what.id)
    closed.push({ ...began, toMs: wallMs, goesOn: false })
  }
  return [...closed, ...open.values()]
    .map((span) => ({
      ...span,
      fromMs: Math.max(span.fromMs, stretch.fromMs),
      toMs: Math.min(span.toMs, stretch.toMs),
      goesOn: span.goesOn || span.toMs > stretch.toMs,
    }))
    .filter(({ fromMs, toMs }) => toMs > fromMs)
    .sort((one, other) => one.fromMs - other.fromMs)
}

export interface ActionMark {
  readonly position: number
  readonly atMs: number
  readonly event: RecordedEvent
}

export function actionMarks(story: readonly RecordedEvent[], { fromMs, toMs }: Stretch): readonly ActionMark[] {
  return story
    .filter(({ what, wallMs }) => what.kind === 'action' && wallMs >= fromMs && wallMs <= toMs)
    .map((event) => ({ position: event.position, atMs: event.wallMs, event }))
}

/** Spans that overlap get rows of their own. */
export function stacked(spans: readonly FaultSpan[]): readonly (readonly FaultSpan[])[] {
  const rows: FaultSpan[][] = []
  for (const span of spans) {
    const row = rows.find((candidate) => (candidate.at(-1)?.toMs ?? 0) <= span.fromMs)
    if (row) row.push(span)
    else rows.push([span])
  }
  return rows
}

/** Round moments between the ends, few enough to be read. */
export function ticksOf({ fromMs, toMs }: Stretch): readonly number[] {
  const steps = [5_000, 15_000, 30_000, 60_000, 120_000]
  const step = steps.find((candidate) => (toMs - fromMs) / candidate <= 8) ?? 300_000
  const first = Math.ceil(fromMs / step) * step
  return Array.from({ length: Math.floor((toMs - first) / step) + 1 }, (_, index) => first + index * step)
}
