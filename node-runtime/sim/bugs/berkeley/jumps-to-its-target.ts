import type { BerkeleyView } from '#cores/clocks/berkeley-messages'
import { neverBack } from '../../properties/berkeley/never-back.ts'
import { rightBerkeley } from '../../subjects/berkeley-program.ts'
import { type BerkeleyBug, ClocksWithBug } from './berkeley-bug.ts'

/** Sets its clock to where it should be, also when that is in the past. */
export const jumpsToItsTarget: BerkeleyBug = {
  name: 'jumps-to-its-target',
  property: neverBack.name,
  make: (config, now, random) => new Jumping(rightBerkeley(config, now, random)),
}

class Jumping extends ClocksWithBug {
  override get view(): BerkeleyView {
    const { view } = this.core
    return { ...view, correctedMs: view.correctedMs + view.slewLeftMs, slewLeftMs: 0 }
  }
}
