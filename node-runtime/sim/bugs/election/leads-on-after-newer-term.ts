import { RaftCore } from '#cores/raft/core'
import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { outrunLeadersFallSilent } from '../../properties/election/outrun-leaders-fall-silent.ts'
import { CoreWithBug } from './core-with-bug.ts'
import { type ElectionBug, nothingDone } from './election-bug.ts'

/** A leader that does not listen when it is told of a newer term. */
export const leadsOnAfterNewerTerm: ElectionBug = {
  name: 'leads-on-after-newer-term',
  property: outrunLeadersFallSilent.name,
  parts: { makeCore: (config, restored, random) => new DeafLeader(new RaftCore(config, restored, random)) },
}

class DeafLeader extends CoreWithBug {
  override step(input: RaftInput): RaftOutput {
    const { role, term } = this.core.view
    const isNews = input.kind === 'message' && input.message.kind !== 'pre-vote-request' && input.message.term > term
    return role === 'leader' && isNews ? nothingDone : this.core.step(input)
  }
}
