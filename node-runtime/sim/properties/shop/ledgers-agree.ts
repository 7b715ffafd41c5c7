import type { Always } from '../../subject.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** Whatever a catalogue holds at a number of the ledger, in whichever life: it is what any other holds there. */
export const ledgersAgree: Always<ShopWords> = {
  name: 'ledgers agree at each number',
  start: () => (moment) => ledgerOf(moment).contradictions[0] ?? null,
}
