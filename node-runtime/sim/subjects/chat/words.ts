import type { ChatEvent, Deed, DeedOutcome, MemberRow } from '#cores/chat/messages'
import type { NodeId } from '#kit/ids'
import type { CopyNote } from '../replica/watched-copy.ts'
import type { Leadership } from '../replica/words.ts'

export interface ChatView {
  readonly id: NodeId
  /** `down`: its role could not start, and is started again soon. */
  readonly role: Leadership | 'client' | 'down'
  readonly leader: NodeId | null
  readonly incarnation: number
  /** At a server: up to which entry its state goes, and how many events there are. */
  readonly appliedIndex: number
  readonly position: number
  /** At a client: nothing that it asked for is without an answer, and it has read everything once more. */
  readonly isDone: boolean
}

/** Of whoever has no copy. */
export const nothingShown = { leader: null, incarnation: 0, appliedIndex: 0, position: 0, isDone: false } as const

export type ChatNote =
  | CopyNote
  /** What is new in a server's copy, feed by feed. After a start, and where the copy is another one, all of it. */
  | {
      readonly kind: 'holds'
      readonly isAnew: boolean
      readonly appliedIndex: number
      readonly position: number
      readonly events: readonly ChatEvent[]
      readonly marks: readonly MemberRow[]
    }
  /** All rows of a server's copy in one sum, and the words that were said and still stand anywhere in them. */
  | { readonly kind: 'dumped'; readonly appliedIndex: number; readonly sum: number; readonly words: readonly string[] }
  | { readonly kind: 'asked'; readonly deed: Deed }
  | { readonly kind: 'answered'; readonly deed: Deed; readonly outcome: DeedOutcome }
  | { readonly kind: 'unanswered'; readonly code: string }
  /** Asked by somebody who may see nothing of it. */
  | { readonly kind: 'shown'; readonly query: string; readonly answer: string }
  /** Messages of the open channel, by their ids. */
  | { readonly kind: 'read'; readonly askedTick: number; readonly ids: readonly string[]; readonly isFinal: boolean }

/** What travels is the bytes. */
export type ChatWords = {
  readonly message: { readonly bytes: Uint8Array }
  readonly view: ChatView
  readonly note: ChatNote
}
