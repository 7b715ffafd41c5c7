import type { Eventually, Moment } from '../../subject.ts'
import { membersIn } from '../../subjects/replica/settings.ts'
import type { ReplicaView, ReplicaWords } from '../../subjects/replica/words.ts'

/** Every live member follows one leader and has its state, and every client has its answers. */
export const settled: Eventually<ReplicaWords> = {
  name: 'all are led, up to date and answered',
  steadyTicks: () => 1,
  missing(moment) {
    if (hasLostTooMany(moment)) return null
    const members = moment.views.filter(({ role }) => role !== 'client')
    const leader = members.find(({ role }) => role === 'leader')
    if (leader === undefined) return 'nobody leads'
    for (const view of members) {
      const behind = behindOf(view, leader)
      if (behind !== null) return `${view.id} ${behind}`
    }
    const client = moment.views.find(({ role, isDone }) => role === 'client' && !isDone)
    return client === undefined ? null : `${client.id} waits for answers`
  },
}

function behindOf({ role, leader, appliedIndex }: ReplicaView, led: ReplicaView): string | null {
  if (role === 'down') return 'is down'
  if (leader !== led.id) return `follows ${leader}, and ${led.id} leads`
  return appliedIndex === led.appliedIndex ? null : `has applied ${appliedIndex} of ${led.appliedIndex} entries`
}

/** Members that are away, or began anew, were no majority when they did: nobody is left to decide. */
function hasLostTooMany({ scenario, views }: Moment<ReplicaWords>): boolean {
  const { members } = membersIn(scenario)
  const kept = views.filter(({ id, incarnation }) => members.includes(id) && incarnation === 1)
  return 2 * kept.length <= members.length
}
