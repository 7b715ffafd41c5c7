import type { Eventually } from '../../subject.ts'
import { favouritesIn } from '../../subjects/raft/config.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { leaderOf, owing } from './knowledge/owing.ts'

/** Once it has been well for long enough. */
export const favouriteLeads: Eventually<RaftWords> = {
  name: 'the favourite leads, if it is there',
  steadyTicks: () => 1,
  missing(moment) {
    const views = owing(moment)
    const [favourite] = favouritesIn(moment.scenario)
    if (views === null || favourite === undefined) return null
    const leader = leaderOf(views)
    if (leader === null) return 'nobody leads'
    const isThere = views.some(({ id, incarnation }) =>
      leader.membership.some((member) => member.node === id && id === favourite && member.incarnation === incarnation),
    )
    return !isThere || leader.id === favourite ? null : `${leader.id} leads, and ${favourite} is there`
  },
}
