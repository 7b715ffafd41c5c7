import type { ChoiceOutput } from '#cores/election/messages'
import { assert } from '#kit/assert'
import type { ChoiceInput } from '../../subjects/choice-machine.ts'
import { type AnyMessage, type AnyView, MachineWithBug } from './machine-with-bug.ts'

/** Takes the words of a peer that heard nothing yet for a broken state of its own, and dies of it. */
export class Touchy<M extends AnyMessage, V extends AnyView> extends MachineWithBug<M, V> {
  override step(input: ChoiceInput<M>): ChoiceOutput<M> {
    const isRival = input.kind === 'message' && input.message.kind === 'coordinator'
    if (isRival) assert(this.view.phase !== 'coordinating', 'there is one coordinator')
    return this.machine.step(input)
  }
}
