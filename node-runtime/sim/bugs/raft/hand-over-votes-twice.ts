import { oneVotePerTerm } from '../../properties/raft/one-vote-per-term.ts'
import { messagesIn, saying, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Whom the leader wants it does not refuse, whomever it has voted for. */
export const handOverVotesTwice: RaftBug = {
  name: 'hand-over-votes-twice',
  property: oneVotePerTerm.name,
  parts: spoilt(() => ({
    output(output, inputs) {
      const wanted = messagesIn(inputs, 'vote-request').filter(({ message }) => message.isHandOver)
      const isWanted = (to: string, term: number): boolean =>
        wanted.some(({ from, message }) => from === to && message.term === term)
      return saying('vote', (vote, to) => (isWanted(to, vote.term) ? { ...vote, isGranted: true } : vote))(output)
    },
  })),
}
