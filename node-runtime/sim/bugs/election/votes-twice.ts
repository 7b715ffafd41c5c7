import { RaftCore } from '#cores/raft/core'
import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { oneVotePerTerm } from '../../properties/election/one-vote-per-term.ts'
import { CoreWithBug } from './core-with-bug.ts'
import type { ElectionBug } from './election-bug.ts'

/** Says yes to a second candidate of a term in which it has voted. */
export const votesTwice: ElectionBug = {
  name: 'votes-twice',
  property: oneVotePerTerm.name,
  parts: { makeCore: (config, restored, random) => new TwiceVoter(new RaftCore(config, restored, random)) },
}

class TwiceVoter extends CoreWithBug {
  override step(input: RaftInput): RaftOutput {
    const output = this.core.step(input)
    if (input.kind !== 'message' || input.message.kind !== 'vote-request') return output
    const askedTerm = input.message.term
    const messages = output.messages.map(({ to, message }) => ({
      to,
      message: message.kind === 'vote' && message.term === askedTerm ? { ...message, isGranted: true } : message,
    }))
    return { ...output, messages }
  }
}
