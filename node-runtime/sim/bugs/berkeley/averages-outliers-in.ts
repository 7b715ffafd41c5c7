import { medianStays } from '../../properties/berkeley/median-stays.ts'
import { rightBerkeley } from '../../subjects/berkeley-program.ts'
import type { BerkeleyBug } from './berkeley-bug.ts'

/** Every clock has its say, however wrong it is. */
export const averagesOutliersIn: BerkeleyBug = {
  name: 'averages-outliers-in',
  property: medianStays.name,
  make: (config, now, random) => rightBerkeley({ ...config, outlierMs: 2 ** 40 }, now, random),
}
