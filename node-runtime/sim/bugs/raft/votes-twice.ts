import { oneVotePerTerm } from '../../properties/raft/one-vote-per-term.ts'
import { messagesIn, saying, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Says yes to a second candidate of a term in which it has voted. */
export const votesTwice: RaftBug = {
  name: 'votes-twice',
  property: oneVotePerTerm.name,
  parts: spoilt(() => ({
    output(output, inputs) {
      const asked = messagesIn(inputs, 'vote-request')
      const isPlain = (term: number): boolean =>
        asked.some(({ message }) => message.term === term && !message.isHandOver)
      return saying('vote', (vote) => (isPlain(vote.term) ? { ...vote, isGranted: true } : vote))(output)
    },
  })),
}
