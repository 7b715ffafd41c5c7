import type { BullyMessage, ChoiceNote, Phase, RankMessage } from '#cores/election/messages'
import type { NodeId } from '#kit/ids'
import type { RaftNodeView, RaftWords } from '../raft/words.ts'

export type ChooserMessage = BullyMessage | RankMessage

/** What a raft node shows, and what the election beside it does. */
export interface ChosenView extends RaftNodeView {
  readonly phase: Phase
  /** Whom the election beside it chose: what it wishes for. */
  readonly coordinator: NodeId | null
}

/** The words of a raft group, and of the election that says who should lead it. */
export type ChosenWords = {
  readonly message: RaftWords['message'] | ChooserMessage
  readonly view: ChosenView
  readonly note: RaftWords['note'] | ChoiceNote
}
