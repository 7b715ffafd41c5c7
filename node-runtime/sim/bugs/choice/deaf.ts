import type { ChoiceOutput } from '#cores/election/messages'
import type { ChoiceInput, ChoiceMachine } from '../../subjects/choice-machine.ts'
import { type AnyMessage, type AnyView, MachineWithBug } from './machine-with-bug.ts'

/** Does not hear messages of one kind. */
export class Deaf<M extends AnyMessage, V extends AnyView> extends MachineWithBug<M, V> {
  readonly #kind: M['kind']

  constructor(machine: ChoiceMachine<M, V>, kind: M['kind']) {
    super(machine)
    this.#kind = kind
  }

  override step(input: ChoiceInput<M>): ChoiceOutput<M> {
    const isLost = input.kind === 'message' && input.message.kind === this.#kind
    return isLost ? { messages: [], notes: [], anomaly: null, choice: this.view.coordinator } : this.machine.step(input)
  }
}
