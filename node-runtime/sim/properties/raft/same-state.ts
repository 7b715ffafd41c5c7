import type { Eventually } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { leaderOf, owing } from './knowledge/owing.ts'

/** No transfer is stuck and nobody is left behind. */
export const sameState: Eventually<RaftWords> = {
  name: 'all members have the same log and state',
  steadyTicks: () => 1,
  missing(moment) {
    const views = owing(moment)
    const leader = leaderOf(views ?? [])
    if (views === null) return null
    if (leader === null) return 'nobody leads'
    for (const { id, last, commitIndex, applied } of views) {
      if (last.index !== leader.last.index) return `${id} has ${last.index} entries, ${leader.id} ${leader.last.index}`
      if (commitIndex !== last.index) return `${id} takes ${commitIndex} of ${last.index} entries for committed`
      if (applied.end.index !== commitIndex) return `${id} has applied ${applied.end.index} of ${commitIndex} entries`
      if (applied.digest !== leader.applied.digest) return `${id} has another state than ${leader.id}`
    }
    return null
  },
}
