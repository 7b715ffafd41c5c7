import { oneVotePerTerm } from '../../properties/election/one-vote-per-term.ts'
import type { ElectionBug } from './election-bug.ts'

export const sendsBeforePersisting: ElectionBug = {
  name: 'sends-before-persisting',
  property: oneVotePerTerm.name,
  parts: {
    perform(deeds) {
      deeds.send()
      deeds.persist()
      deeds.note()
    },
  },
}
