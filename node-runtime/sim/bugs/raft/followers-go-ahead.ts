import { committedByAMajority } from '../../properties/raft/committed-by-a-majority.ts'
import { spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Acknowledges what it has not kept yet, as if an answer were no promise. */
export const followersGoAhead: RaftBug = {
  name: 'followers-go-ahead',
  property: committedByAMajority.name,
  parts: spoilt(() => ({ output: (output) => ({ ...output, goesAhead: output.persist !== null }) })),
}
