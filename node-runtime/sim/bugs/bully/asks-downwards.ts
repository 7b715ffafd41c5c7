import type { BullyMessage, BullyView, ChoiceOutput } from '#cores/election/messages'
import type { BullyMachine } from '../../subjects/bully-program.ts'
import type { ChoiceInput } from '../../subjects/choice-machine.ts'
import { MachineWithBug } from '../choice/machine-with-bug.ts'

/** Asks those who are lower too, who have nothing to say in it. */
export class AsksDownwards extends MachineWithBug<BullyMessage, BullyView> implements BullyMachine {
  override step(input: ChoiceInput<BullyMessage>): ChoiceOutput<BullyMessage> {
    const output = this.machine.step(input)
    const question = output.messages.find(({ message }) => message.kind === 'election')
    if (question === undefined) return output
    const { id, order } = this.view
    const lower = order.slice(0, order.indexOf(id)).map((to) => ({ to, message: question.message }))
    return { ...output, messages: [...output.messages, ...lower] }
  }
}
