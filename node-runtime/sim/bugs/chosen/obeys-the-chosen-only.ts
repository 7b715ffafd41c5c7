import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import { noOwnAssertion } from '../../run.ts'
import { type Choice, Wisher } from '../../subjects/chosen/parts.ts'
import type { RaftMachine } from '../../subjects/raft/parts.ts'
import type { ChosenBug } from './chosen-bug.ts'

/** Takes a leader that was not chosen for a broken state of its own, and dies of it. */
export const obeysTheChosenOnly: ChosenBug = {
  name: 'obeys-the-chosen-only',
  property: noOwnAssertion,
  parts: { makeWisher: (core, choice) => new Loyal(core, choice) },
}

class Loyal extends Wisher {
  readonly #asked: Choice

  constructor(core: RaftMachine, choice: Choice) {
    super(core, choice)
    this.#asked = choice
  }

  override step(inputs: readonly RaftInput[]): RaftOutput {
    const chosen = this.#asked()
    for (const input of inputs)
      if (input.kind === 'message' && input.message.kind === 'heartbeat')
        assert(chosen === null || input.from === chosen, 'the chosen one leads')
    return super.step(inputs)
  }
}
