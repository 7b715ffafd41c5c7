import type { EveryoneAnswer, EveryoneInput, EveryoneOutput, LogId, Mark } from '#cores/chat/everyone/messages'
import type { ContentShown, EveryoneMachine } from '../../subjects/everyone/words.ts'

type Sent = EveryoneOutput['messages'][number]

/** A right core of which something is spoilt on its way in or out. */
export class MachineWithBug implements EveryoneMachine {
  protected readonly machine: EveryoneMachine

  constructor(machine: EveryoneMachine) {
    this.machine = machine
  }

  get content(): ContentShown {
    return this.machine.content
  }

  get log(): LogId | null {
    return this.machine.log
  }

  get marks(): readonly Mark[] {
    return this.machine.marks
  }

  step(inputs: readonly EveryoneInput[]): EveryoneOutput {
    const output = this.machine.step(inputs.map((input) => this.hear(input)))
    return { ...output, messages: output.messages.flatMap((sent) => this.say(sent)) }
  }

  giveUpWaiting(): readonly EveryoneAnswer[] {
    return this.machine.giveUpWaiting()
  }

  protected hear(input: EveryoneInput): EveryoneInput {
    return input
  }

  protected say(sent: Sent): readonly Sent[] {
    return [sent]
  }
}
