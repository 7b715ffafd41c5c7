import { nobodyOverruled } from '../../properties/berkeley/nobody-overruled.ts'
import { rightBerkeley } from '../../subjects/berkeley-program.ts'
import type { BerkeleyBug } from './berkeley-bug.ts'

/** One answer that is lost is enough for two of three clocks to be led away by the third. */
export const followsADoubt: BerkeleyBug = {
  name: 'follows-a-doubt',
  property: nobodyOverruled.name,
  make: (config, now, random) => rightBerkeley({ ...config, doubtRounds: 1 }, now, random),
}
