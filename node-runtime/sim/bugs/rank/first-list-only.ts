import type { ChoiceOutput, RankMessage, RankView } from '#cores/election/messages'
import type { ChoiceInput } from '../../subjects/choice-machine.ts'
import { MachineWithBug } from '../choice/machine-with-bug.ts'

/** Reads lists until one names itself, and none after that. */
export class FirstListOnly extends MachineWithBug<RankMessage, RankView> {
  override step(input: ChoiceInput<RankMessage>): ChoiceOutput<RankMessage> {
    const isKnown = input.kind === 'list' && this.view.rank !== null
    return this.machine.step(isKnown ? { kind: 'list', servers: [] } : input)
  }
}
