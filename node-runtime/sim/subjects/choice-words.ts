import type { ChoiceNote, Phase } from '#cores/election/messages'
import type { NodeId } from '#kit/ids'

/** Whatever else a node is and says, it shows where it stands in an election. */
export type SeatedWords = {
  readonly message: unknown
  readonly view: { readonly id: NodeId; readonly phase: Phase; readonly coordinator: NodeId | null }
  readonly note: unknown
}

/** What bully and rank have in common, for the properties that are asked of both. */
export type ChoiceWords = SeatedWords & {
  readonly message: { readonly kind: string }
  readonly note: ChoiceNote
}

/** All who are better than this node, as far as it knows. */
export type BetterOf<W extends ChoiceWords> = (view: W['view']) => readonly NodeId[]
