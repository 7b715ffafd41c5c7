import { RaftCore } from '#cores/raft/core'
import { Random } from '#kit/random'
import { agreement } from '../../properties/raft/agreement.ts'
import type { RaftBug } from './raft-bug.ts'

/** Everybody waits equally long, so rivals go on being rivals. */
export const sameTimeouts: RaftBug = {
  name: 'same-timeouts',
  property: agreement.name,
  parts: {
    makeCore: (config, restored, parts) => new RaftCore(config, restored, { ...parts, random: new AlwaysZero('0') }),
  },
}

class AlwaysZero extends Random {
  override below(): number {
    return 0
  }
}
