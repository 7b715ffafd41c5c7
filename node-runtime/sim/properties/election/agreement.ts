import type { Eventually, Moment } from '../../subject.ts'
import { timingOf } from '../../subjects/election-timing.ts'
import type { ElectionWords } from '../../subjects/election-words.ts'

export const agreement: Eventually<ElectionWords> = {
  name: 'all agree on one leader',
  // Longer than the longest timeout: a leader who is not heard would have been challenged by then.
  steadyTicks: ({ settings }) => 2 * timingOf(settings).electionTicksLongest,
  missing({ scenario, views }: Moment<ElectionWords>) {
    const awaited = scenario.nodes.length - scenario.absentInCalm.length
    const [first] = views
    if (first === undefined || views.length < awaited) return `only ${views.length} of ${awaited} nodes are up`
    for (const { id, term, leader } of views) {
      if (leader === null) return `${id} knows no leader in term ${term}`
      if (leader !== first.leader) return `${first.id} follows ${first.leader} and ${id} follows ${leader}`
      if (term !== first.term) return `${first.id} is in term ${first.term} and ${id} in term ${term}`
    }
    const isLed = views.some(({ id, role }) => id === first.leader && role === 'leader')
    return isLed ? null : `all follow ${first.leader}, who does not lead`
  },
}
