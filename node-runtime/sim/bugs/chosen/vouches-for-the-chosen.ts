import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { chosenWasThere } from '../../properties/chosen/wishes-wait.ts'
import { type Choice, Wisher } from '../../subjects/chosen/parts.ts'
import type { RaftMachine } from '../../subjects/raft/parts.ts'
import type { ChosenBug } from './chosen-bug.ts'

/** A leader that takes the choice itself for a sign of life. */
export const vouchesForTheChosen: ChosenBug = {
  name: 'vouches-for-the-chosen',
  property: chosenWasThere.name,
  parts: { makeWisher: (core, choice) => new Believer(core, choice) },
}

class Believer extends Wisher {
  readonly #asked: Choice

  constructor(core: RaftMachine, choice: Choice) {
    super(core, choice)
    this.#asked = choice
  }

  override step(inputs: readonly RaftInput[]): RaftOutput {
    const { id, role, term } = this.core.view
    const chosen = this.#asked()
    if (role !== 'leader' || chosen === null || chosen === id) return super.step(inputs)
    const sign = { kind: 'heartbeat-answer', term, round: 0, lastIndex: 0, incarnation: 1 } as const
    return super.step([{ kind: 'message', from: chosen, message: sign }, ...inputs])
  }
}
