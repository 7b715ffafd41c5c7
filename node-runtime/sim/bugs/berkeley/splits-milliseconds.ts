import type { BerkeleyInput, BerkeleyOutput } from '#cores/clocks/berkeley-messages'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { rightBerkeley } from '../../subjects/berkeley-program.ts'
import { type BerkeleyBug, ClocksWithBug } from './berkeley-bug.ts'

/** Sends a mean as it comes out of the division. */
export const splitsMilliseconds: BerkeleyBug = {
  name: 'splits-milliseconds',
  property: nobodyComplains.name,
  make: (config, now, random) => new Unrounded(rightBerkeley(config, now, random)),
}

class Unrounded extends ClocksWithBug {
  override step(input: BerkeleyInput): BerkeleyOutput {
    const output = this.core.step(input)
    const messages = output.messages.map(({ to, message }) => ({
      to,
      message: message.kind === 'adjust' ? { ...message, byMs: message.byMs + 1 / 3 } : message,
    }))
    return { ...output, messages }
  }
}
