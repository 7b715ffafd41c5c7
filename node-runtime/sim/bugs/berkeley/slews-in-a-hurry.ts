import { bentGently } from '../../properties/berkeley/bent-gently.ts'
import { rightBerkeley } from '../../subjects/berkeley-program.ts'
import type { BerkeleyBug } from './berkeley-bug.ts'

export const slewsInAHurry: BerkeleyBug = {
  name: 'slews-in-a-hurry',
  property: bentGently.name,
  make: (config, now, random) => rightBerkeley({ ...config, slewMsPerTick: 10 * config.slewMsPerTick }, now, random),
}
