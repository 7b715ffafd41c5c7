import { RaftCore } from '#cores/raft/core'
import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { noAnomaly } from '../../properties/election/no-anomaly.ts'
import { CoreWithBug } from './core-with-bug.ts'
import type { ElectionBug } from './election-bug.ts'

/** Puts a term on its votes for which nobody has asked. */
export const votesForNextTerm: ElectionBug = {
  name: 'votes-for-next-term',
  property: noAnomaly.name,
  parts: { makeCore: (config, restored, random) => new HastyVoter(new RaftCore(config, restored, random)) },
}

class HastyVoter extends CoreWithBug {
  override step(input: RaftInput): RaftOutput {
    const output = this.core.step(input)
    const messages = output.messages.map(({ to, message }) => ({
      to,
      message: message.kind === 'vote' ? { ...message, term: message.term + 1 } : message,
    }))
    return { ...output, messages }
  }
}
