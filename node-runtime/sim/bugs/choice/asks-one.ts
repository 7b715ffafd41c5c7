import type { ChoiceOutput } from '#cores/election/messages'
import type { ChoiceInput } from '../../subjects/choice-machine.ts'
import { type AnyMessage, type AnyView, MachineWithBug } from './machine-with-bug.ts'

/** Asks one, and takes its silence for that of all. */
export class AsksOne<M extends AnyMessage, V extends AnyView> extends MachineWithBug<M, V> {
  override step(input: ChoiceInput<M>): ChoiceOutput<M> {
    const output = this.machine.step(input)
    const asked = output.messages.find(({ message }) => message.kind === 'election')?.to
    const messages = output.messages.filter(({ to, message }) => message.kind !== 'election' || to === asked)
    return { ...output, messages }
  }
}
