import type { Always } from '../../subject.ts'
import type { NotaryWords } from '../../subjects/notary/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** Whatever a peer holds at an index, in whichever life: it is what any other holds there, to the last byte of the leaf. */
export const recordsAgree: Always<NotaryWords> = {
  name: 'records agree at each index',
  start: () => (moment) => ledgerOf(moment).contradictions[0] ?? null,
}
