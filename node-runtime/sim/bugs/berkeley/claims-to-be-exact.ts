import type { BerkeleyView } from '#cores/clocks/berkeley-messages'
import { withinClaims } from '../../properties/berkeley/clocks-agree.ts'
import { rightBerkeley } from '../../subjects/berkeley-program.ts'
import { type BerkeleyBug, ClocksWithBug } from './berkeley-bug.ts'

/** Takes a clock that was corrected for one that is right. */
export const claimsToBeExact: BerkeleyBug = {
  name: 'claims-to-be-exact',
  property: withinClaims.name,
  make: (config, now, random) => new Boasting(rightBerkeley(config, now, random)),
}

class Boasting extends ClocksWithBug {
  override get view(): BerkeleyView {
    const { view } = this.core
    return view.errorMs === null ? view : { ...view, errorMs: 0 }
  }
}
