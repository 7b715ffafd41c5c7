import { assert } from '#kit/assert'
import { noOwnAssertion } from '../../run.ts'
import { hearing, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Takes what a late peer says for a broken state of its own, and dies of it. */
export const assertsOnAPeer: RaftBug = {
  name: 'asserts-on-a-peer',
  property: noOwnAssertion,
  parts: spoilt(() => ({
    input: hearing('heartbeat', (heartbeat, { term }) => {
      assert(heartbeat.term >= term, 'leaders are never late')
      return heartbeat
    }),
  })),
}
