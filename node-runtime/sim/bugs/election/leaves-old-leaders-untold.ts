import { RaftCore } from '#cores/raft/core'
import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { agreement } from '../../properties/election/agreement.ts'
import { CoreWithBug } from './core-with-bug.ts'
import { type ElectionBug, nothingDone } from './election-bug.ts'

/** Drops heartbeats of older terms as so much weather. A node that is ahead of its group then never gets back in. */
export const leavesOldLeadersUntold: ElectionBug = {
  name: 'leaves-old-leaders-untold',
  property: agreement.name,
  parts: { makeCore: (config, restored, random) => new ProudFollower(new RaftCore(config, restored, random)) },
}

class ProudFollower extends CoreWithBug {
  override step(input: RaftInput): RaftOutput {
    const isOld =
      input.kind === 'message' && input.message.kind === 'heartbeat' && input.message.term < this.core.view.term
    return isOld ? nothingDone : this.core.step(input)
  }
}
