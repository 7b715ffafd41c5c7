import type { BerkeleyInput, BerkeleyOutput } from '#cores/clocks/berkeley-messages'
import { assert } from '#kit/assert'
import { noOwnAssertion } from '../../run.ts'
import { rightBerkeley } from '../../subjects/berkeley-program.ts'
import { type BerkeleyBug, ClocksWithBug } from './berkeley-bug.ts'

/** Takes a word of a peer that knows another coordinator for a broken state of its own, and dies of it. */
export const assertsOnAPeer: BerkeleyBug = {
  name: 'asserts-on-a-peer',
  property: noOwnAssertion,
  make: (config, now, random) => new Touchy(rightBerkeley(config, now, random)),
}

class Touchy extends ClocksWithBug {
  override step(input: BerkeleyInput): BerkeleyOutput {
    if (input.kind === 'message' && input.message.kind === 'poll')
      assert(input.from === this.core.view.coordinator, 'the coordinator polls')
    return this.core.step(input)
  }
}
