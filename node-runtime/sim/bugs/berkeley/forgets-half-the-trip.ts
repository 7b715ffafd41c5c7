import type { BerkeleyInput, BerkeleyOutput } from '#cores/clocks/berkeley-messages'
import { withinBound } from '../../properties/berkeley/clocks-agree.ts'
import { rightBerkeley } from '../../subjects/berkeley-program.ts'
import { type BerkeleyBug, ClocksWithBug } from './berkeley-bug.ts'

/** Takes an answer to show the peer's clock as it comes in, and not as it was sent. */
export const forgetsHalfTheTrip: BerkeleyBug = {
  name: 'forgets-half-the-trip',
  property: withinBound.name,
  make: (config, now, random) => new Impatient(rightBerkeley(config, now, random)),
}

class Impatient extends ClocksWithBug {
  #polledAtMs = 0

  override step(input: BerkeleyInput): BerkeleyOutput {
    if (input.kind !== 'message' || input.message.kind !== 'time') {
      const output = this.core.step(input)
      if (input.kind === 'tick' && output.messages.some(({ message }) => message.kind === 'poll'))
        this.#polledAtMs = input.at.monotonicMs
      return output
    }
    const halfTripMs = Math.floor((input.at.monotonicMs - this.#polledAtMs) / 2)
    return this.core.step({ ...input, message: { ...input.message, timeMs: input.message.timeMs - halfTripMs } })
  }
}
