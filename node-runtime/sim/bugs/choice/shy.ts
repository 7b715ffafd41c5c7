import type { ChoiceOutput } from '#cores/election/messages'
import type { ChoiceInput } from '../../subjects/choice-machine.ts'
import { type AnyMessage, type AnyView, MachineWithBug } from './machine-with-bug.ts'

/** Waits at its start until somebody speaks to it. */
export class Shy<M extends AnyMessage, V extends AnyView> extends MachineWithBug<M, V> {
  override step(input: ChoiceInput<M>): ChoiceOutput<M> {
    const isRisky = input.kind === 'tick' || (input.kind === 'message' && input.message.kind !== 'election')
    const isHushed = isRisky && this.view.phase === 'starting'
    return isHushed ? { messages: [], notes: [], anomaly: null, choice: null } : this.machine.step(input)
  }
}
