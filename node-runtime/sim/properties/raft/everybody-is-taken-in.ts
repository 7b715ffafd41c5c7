import type { Eventually } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { leaderOf, owing } from './knowledge/owing.ts'

export const everybodyIsTakenIn: Eventually<RaftWords> = {
  name: 'whoever asked, or learns, becomes a voter',
  steadyTicks: () => 1,
  missing(moment) {
    const views = owing(moment)
    if (views === null) return null
    const leader = leaderOf(views)
    if (leader === null) return 'nobody leads'
    for (const { id, incarnation } of views) {
      const member = leader.membership.find(({ node }) => node === id)
      if (member?.incarnation !== incarnation) return `${id} is no member in its present life`
      if (!member.isVoter) return `${id} is still a learner`
    }
    return null
  },
}
