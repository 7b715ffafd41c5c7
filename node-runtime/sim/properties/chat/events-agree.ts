import type { Always } from '../../subject.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** Whatever a server holds at a number of a feed, in whichever life: it is what any other holds there. */
export const eventsAgree: Always<ChatWords> = {
  name: 'events agree at each number of a feed',
  start: () => (moment) => ledgerOf(moment).contradictions[0] ?? null,
}
