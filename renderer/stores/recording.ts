import { createStore } from 'zustand/vanilla'
import type { EventPayload } from '#contract/window/contract'
import type { RecordedEvent, RecordingPage } from '#contract/window/recording'

/** What the window keeps of the recording. Whatever goes over the edge can be fetched again while the host keeps it. */
export const recordingLimits = { allMax: 3_000, storyMax: 4_000, messagesPageMax: 200, storyPageMax: 400 } as const

export interface RecordingState {
  /** Everything, oldest first. */
  readonly all: readonly RecordedEvent[]
  /** Everything but single messages: reaches much further back. */
  readonly story: readonly RecordedEvent[]
  readonly hasOlderStory: boolean
  /** How many the host left out on their way to this window, since it was opened. */
  readonly skipped: number
  /** When that last happened, by the window's clock; moving dots would lie for a while after it. */
  readonly skippedAtMs: number | null
}

export const emptyRecording: RecordingState = {
  all: [],
  story: [],
  hasOlderStory: true,
  skipped: 0,
  skippedAtMs: null,
}

export const createRecordingStore = () => createStore<RecordingState>()(() => emptyRecording)

export function withAppended(
  state: RecordingState,
  { events, skipped }: EventPayload<'recording.appended'>,
  nowMs: number,
): RecordingState {
  return {
    ...state,
    all: newest(merged(state.all, events), recordingLimits.allMax),
    story: newest(merged(state.story, events.filter(isStory)), recordingLimits.storyMax),
    skipped: state.skipped + skipped,
    skippedAtMs: skipped > 0 ? nowMs : state.skippedAtMs,
  }
}

/** A page of the past. It never pushes out what is newer. */
export function withPage(state: RecordingState, page: RecordingPage, withMessages: boolean): RecordingState {
  if (withMessages) return { ...state, all: newest(merged(state.all, page.events), recordingLimits.allMax) }
  const story = newest(merged(state.story, page.events.filter(isStory)), recordingLimits.storyMax)
  const isFull = story.length >= recordingLimits.storyMax
  return { ...state, story, hasOlderStory: page.hasOlder && !isFull }
}

export function isMessage({ what }: RecordedEvent): boolean {
  return what.kind === 'sent' || what.kind === 'received' || what.kind === 'dropped'
}

function isStory(event: RecordedEvent): boolean {
  return !isMessage(event)
}

/** In order of position, each position once. The usual case, all of it newer, costs no sort. */
function merged(old: readonly RecordedEvent[], more: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const [first] = more
  if (first === undefined) return old
  const last = old.at(-1)
  if (last === undefined || first.position > last.position) return [...old, ...more]
  const byPosition = new Map([...old, ...more].map((event) => [event.position, event]))
  return [...byPosition.values()].sort((one, other) => one.position - other.position)
}

function newest(events: readonly RecordedEvent[], max: number): readonly RecordedEvent[] {
  return events.length <= max ? events : events.slice(events.length - max)
}
