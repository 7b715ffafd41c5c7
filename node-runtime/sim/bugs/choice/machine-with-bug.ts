import type { ChoiceOutput } from '#cores/election/messages'
import type { ChoiceInput, ChoiceMachine } from '../../subjects/choice-machine.ts'
import type { ChoiceWords } from '../../subjects/choice-words.ts'

export type AnyMessage = ChoiceWords['message']
export type AnyView = ChoiceWords['view']

/** A right core of which one answer is spoilt on its way in or out. The bugs beside it are for bully and rank alike. */
export abstract class MachineWithBug<M extends AnyMessage, V extends AnyView> implements ChoiceMachine<M, V> {
  protected readonly machine: ChoiceMachine<M, V>

  constructor(machine: ChoiceMachine<M, V>) {
    this.machine = machine
  }

  get view(): V {
    return this.machine.view
  }

  abstract step(input: ChoiceInput<M>): ChoiceOutput<M>
}
