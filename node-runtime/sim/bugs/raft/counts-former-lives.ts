import { memberOf } from '#cores/raft/membership'
import { committedByAMajority } from '../../properties/raft/committed-by-a-majority.ts'
import { hearing, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Takes who lost its disk for who it was. */
export const countsFormerLives: RaftBug = {
  name: 'counts-former-lives',
  property: committedByAMajority.name,
  parts: spoilt(() => ({
    input: hearing('append-answer', (answer, { membership }, from) => {
      const incarnation = memberOf(membership, from)?.incarnation ?? answer.incarnation
      return { ...answer, incarnation }
    }),
  })),
}
