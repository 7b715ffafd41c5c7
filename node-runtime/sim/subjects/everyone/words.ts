import type { Content } from '#cores/chat/everyone/content'
import type {
  Act,
  EveryoneAnswer,
  EveryoneInput,
  EveryoneMessage,
  EveryoneNote,
  EveryoneOutput,
  LogId,
  Mark,
  Operation,
} from '#cores/chat/everyone/messages'
import type { NodeId } from '#kit/ids'

/** What an observer is told beside what the core notes. */
type Told =
  /** Somebody asks for it there; said before the server has heard of it. */
  | { readonly kind: 'asked'; readonly id: string; readonly act: Act }
  | { readonly kind: 'answered'; readonly operation: Operation; readonly isFirst: boolean }
  | { readonly kind: 'refused'; readonly why: string }
  /** What it had is gone; what others have of it comes back. */
  | { readonly kind: 'disk-lost' }

export type EveryoneSimNote = EveryoneNote | Told

export interface EveryoneView {
  readonly node: NodeId
  readonly log: LogId | null
  /** As of now, and so ahead of what is on its disk. */
  readonly marks: readonly Mark[]
  readonly content: ContentShown
  /** Those who asked and have heard nothing. */
  readonly unanswered: number
}

/** What a server tells people. It changes under whoever keeps it. */
export type ContentShown = Pick<Content, 'revision' | 'said' | 'users' | 'channels' | 'find'>

export type EveryoneWords = {
  readonly message: EveryoneMessage
  readonly view: EveryoneView
  readonly note: EveryoneSimNote
}

/** The slice of a core that feeding it needs. A planted bug may stand in front of the real one. */
export interface EveryoneMachine {
  readonly content: ContentShown
  readonly log: LogId | null
  readonly marks: readonly Mark[]
  step(inputs: readonly EveryoneInput[]): EveryoneOutput
  giveUpWaiting(): readonly EveryoneAnswer[]
}
