import type { ChoiceOutput, RankedServer } from '#cores/election/messages'
import type { NodeId } from '#kit/ids'
import type { NodeHands } from '../subject.ts'
import type { ChoiceWords } from './choice-words.ts'

export type ChoiceInput<M> =
  | { readonly kind: 'tick' }
  | { readonly kind: 'message'; readonly from: NodeId; readonly message: M }
  /** Given to rank only. */
  | { readonly kind: 'list'; readonly servers: readonly RankedServer[] }

/** The slice of a core that feeding it needs. A planted bug may stand in front of the real one. */
export interface ChoiceMachine<M, V> {
  readonly view: V
  step(input: ChoiceInput<M>): ChoiceOutput<M>
}

/** Does what an output asks for. Nothing of it needs a disk. */
export function perform<M extends W['message'], W extends ChoiceWords>(hands: NodeHands<W>, output: ChoiceOutput<M>) {
  if (output.anomaly !== null) hands.anomaly(output.anomaly)
  for (const { to, message } of output.messages) hands.send(to, message)
  for (const note of output.notes) hands.note(note)
}
