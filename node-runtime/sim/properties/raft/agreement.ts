import type { Eventually } from '../../subject.ts'
import { timingOf } from '../../subjects/raft/timing.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { owing } from './knowledge/owing.ts'

export const agreement: Eventually<RaftWords> = {
  name: 'all agree on one leader',
  // Longer than the longest timeout: a leader who is not heard would have been challenged by then.
  steadyTicks: ({ settings }) => 2 * timingOf(settings).electionTicksLongest,
  missing(moment) {
    const { scenario } = moment
    const awaited = scenario.nodes.length - scenario.absentInCalm.length
    if (moment.views.length < awaited) return `only ${moment.views.length} of ${awaited} nodes are up`
    const views = owing(moment)
    const [first] = views ?? []
    if (views === null || first === undefined) return null
    for (const { id, term, leader } of views) {
      if (leader === null) return `${id} knows no leader in term ${term}`
      if (leader !== first.leader) return `${first.id} follows ${first.leader} and ${id} follows ${leader}`
      if (term !== first.term) return `${first.id} is in term ${first.term} and ${id} in term ${term}`
    }
    const isLed = views.some(({ id, role }) => id === first.leader && role === 'leader')
    return isLed ? null : `all follow ${first.leader}, who does not lead`
  },
}
