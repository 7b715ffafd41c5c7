import type { ChoiceOutput } from '#cores/election/messages'
import type { NodeId } from '#kit/ids'
import type { ChoiceInput } from '../../subjects/choice-machine.ts'
import { type AnyMessage, type AnyView, MachineWithBug } from './machine-with-bug.ts'

/** Takes whoever said so last for its coordinator. */
export class Bows<M extends AnyMessage, V extends AnyView> extends MachineWithBug<M, V> {
  #master: NodeId | null = null

  override get view(): V {
    const { view } = this.machine
    return this.#master === null ? view : { ...view, coordinator: this.#master }
  }

  override step(input: ChoiceInput<M>): ChoiceOutput<M> {
    if (input.kind === 'message' && input.message.kind === 'coordinator') this.#master = input.from
    return this.machine.step(input)
  }
}
