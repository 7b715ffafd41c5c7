import type { Eventually } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { leaderOf, owing } from './knowledge/owing.ts'

export const clientsAreServed: Eventually<RaftWords> = {
  name: 'a command and a read are answered',
  steadyTicks: () => 1,
  missing(moment) {
    const views = owing(moment)
    if (views === null) return null
    const leader = leaderOf(views)
    if (leader === null) return 'nobody leads'
    return leader.isServed ? null : `${leader.id} leads and has not answered its client`
  },
}
