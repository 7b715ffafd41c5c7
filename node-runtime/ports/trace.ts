import type { TraceWhat } from '#contract/worker/trace'

/** Notes what happened. Never blocks, never throws; bounded, drops the oldest and counts what it dropped. */
export interface Trace {
  note(what: TraceWhat, cause?: string | null): void
}
