import type { ChoiceOutput, RankMessage, RankView } from '#cores/election/messages'
import type { ChoiceInput } from '../../subjects/choice-machine.ts'
import { MachineWithBug } from '../choice/machine-with-bug.ts'

/** Answers in the words of another election. */
export class SpeaksBully extends MachineWithBug<RankMessage, RankView> {
  override step(input: ChoiceInput<RankMessage>): ChoiceOutput<RankMessage> {
    const output = this.machine.step(input)
    // Not of the type on purpose: it stands for a program that was written by somebody else.
    const answer = { kind: 'answer' } as unknown as RankMessage
    const messages = output.messages.map(({ to, message }) => ({
      to,
      message: message.kind === 'ok' ? answer : message,
    }))
    return { ...output, messages }
  }
}
