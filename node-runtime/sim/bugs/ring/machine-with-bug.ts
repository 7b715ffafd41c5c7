import type { RingFacts, RingInput, RingOutput } from '#cores/ring/messages'
import type { HistoryShown, RingMachine } from '../../subjects/ring/words.ts'

type Sent = RingOutput['messages'][number]

/** A right core of which something is spoilt on its way in or out. */
export class MachineWithBug implements RingMachine {
  protected readonly machine: RingMachine

  constructor(machine: RingMachine) {
    this.machine = machine
  }

  get facts(): RingFacts {
    return this.machine.facts
  }

  get history(): HistoryShown {
    return this.machine.history
  }

  step(inputs: readonly RingInput[]): RingOutput {
    const output = this.machine.step(inputs)
    return { ...output, messages: output.messages.flatMap((sent) => this.say(sent)) }
  }

  protected say(sent: Sent): readonly Sent[] {
    return [sent]
  }
}
