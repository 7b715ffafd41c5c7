import type { RecordedEvent, RecordingPage } from '#contract/window/recording'
import type { NodeId } from '#kit/ids'
import type { Stop } from '#kit/stop-stack'

export interface RecordingQuery {
  /** Only events before this position; null: the newest. */
  readonly before: number | null
  readonly limit: number
  readonly nodeId: NodeId | null
  readonly withMessages: boolean
}

export interface Recorder {
  page(query: RecordingQuery): RecordingPage
  /** Batches, at most ten a second. */
  onAppend(listener: (events: readonly RecordedEvent[]) => void): Stop
  noteAction(action: string, detail: string): void
}
