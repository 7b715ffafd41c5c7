import type { TraceEvent } from '#contract/worker/trace'

/** A trace event with its place in the lab's one recording. */
export interface RecordedEvent extends TraceEvent {
  readonly position: number
}

export interface RecordingPage {
  /** Oldest first. */
  readonly events: readonly RecordedEvent[]
  /** True when older events than the first one still stand in the recording. */
  readonly hasOlder: boolean
}
