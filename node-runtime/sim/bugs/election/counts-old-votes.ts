import { RaftCore } from '#cores/raft/core'
import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { leadersHaveAMajority } from '../../properties/election/leaders-have-a-majority.ts'
import { CoreWithBug } from './core-with-bug.ts'
import type { ElectionBug } from './election-bug.ts'

/** Takes a vote of an earlier term for one of the present term. */
export const countsOldVotes: ElectionBug = {
  name: 'counts-old-votes',
  property: leadersHaveAMajority.name,
  parts: { makeCore: (config, restored, random) => new OldVoteCounter(new RaftCore(config, restored, random)) },
}

class OldVoteCounter extends CoreWithBug {
  override step(input: RaftInput): RaftOutput {
    if (input.kind !== 'message' || input.message.kind !== 'vote') return this.core.step(input)
    const { term } = this.core.view
    if (input.message.term >= term) return this.core.step(input)
    return this.core.step({ ...input, message: { ...input.message, term } })
  }
}
