import { RaftCore } from '#cores/raft/core'
import { Random } from '#kit/random'
import { agreement } from '../../properties/election/agreement.ts'
import type { ElectionBug } from './election-bug.ts'

/** Everybody waits equally long, so rivals go on being rivals. */
export const sameTimeouts: ElectionBug = {
  name: 'same-timeouts',
  property: agreement.name,
  parts: { makeCore: (config, restored) => new RaftCore(config, restored, new AlwaysZero('zero')) },
}

class AlwaysZero extends Random {
  override below(): number {
    return 0
  }
}
