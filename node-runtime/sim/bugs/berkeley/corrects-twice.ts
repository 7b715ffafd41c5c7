import type { BerkeleyInput, BerkeleyOutput } from '#cores/clocks/berkeley-messages'
import { withinBound } from '../../properties/berkeley/clocks-agree.ts'
import { rightBerkeley } from '../../subjects/berkeley-program.ts'
import { type BerkeleyBug, ClocksWithBug } from './berkeley-bug.ts'

/** Adds each correction twice, as one would that takes a copy of it for another. */
export const correctsTwice: BerkeleyBug = {
  name: 'corrects-twice',
  property: withinBound.name,
  make: (config, now, random) => new Overdoing(rightBerkeley(config, now, random)),
}

class Overdoing extends ClocksWithBug {
  override step(input: BerkeleyInput): BerkeleyOutput {
    if (input.kind !== 'message' || input.message.kind !== 'adjust') return this.core.step(input)
    return this.core.step({ ...input, message: { ...input.message, byMs: 2 * input.message.byMs } })
  }
}
