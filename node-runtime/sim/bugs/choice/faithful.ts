import type { ChoiceOutput } from '#cores/election/messages'
import type { ChoiceInput, ChoiceMachine } from '../../subjects/choice-machine.ts'
import { type AnyMessage, type AnyView, MachineWithBug } from './machine-with-bug.ts'

/** Goes on following a coordinator of which nothing is heard any more. */
export class Faithful<M extends AnyMessage, V extends AnyView> extends MachineWithBug<M, V> {
  readonly #word: M

  constructor(machine: ChoiceMachine<M, V>, word: M) {
    super(machine)
    this.#word = word
  }

  override step(input: ChoiceInput<M>): ChoiceOutput<M> {
    const { phase, coordinator } = this.view
    if (input.kind === 'tick' && phase === 'following' && coordinator !== null)
      this.machine.step({ kind: 'message', from: coordinator, message: this.#word })
    return this.machine.step(input)
  }
}
