import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** Until a disk that lost something unnoticed was believed: what cannot be promised is not asked for. */
export function whilePromised(property: Always<RaftWords>): Always<RaftWords> {
  return {
    name: property.name,
    start() {
      const check = property.start()
      return (moment) => (ledgerOf(moment).isOff ? null : check(moment))
    },
  }
}

/** As above, of a property that looks at nothing but notes: in most moments there are none. */
export function whileNoted(property: Always<RaftWords>): Always<RaftWords> {
  return {
    name: property.name,
    start() {
      const check = property.start()
      return (moment) => (moment.notes.length === 0 || ledgerOf(moment).isOff ? null : check(moment))
    },
  }
}
