import { RaftCore } from '#cores/raft/core'
import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import { noOwnAssertion } from '../../run.ts'
import { CoreWithBug } from './core-with-bug.ts'
import type { ElectionBug } from './election-bug.ts'

/** Takes what a late peer says for a broken state of its own, and dies of it. */
export const assertsOnAPeer: ElectionBug = {
  name: 'asserts-on-a-peer',
  property: noOwnAssertion,
  parts: { makeCore: (config, restored, random) => new TouchyCore(new RaftCore(config, restored, random)) },
}

class TouchyCore extends CoreWithBug {
  override step(input: RaftInput): RaftOutput {
    if (input.kind === 'message' && input.message.kind === 'heartbeat')
      assert(input.message.term >= this.core.view.term, 'leaders are never late')
    return this.core.step(input)
  }
}
