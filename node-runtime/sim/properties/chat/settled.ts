import type { Eventually, Moment } from '../../subject.ts'
import type { ChatView, ChatWords } from '../../subjects/chat/words.ts'
import { membersIn } from '../../subjects/replica/settings.ts'

/** Every live server follows one leader and holds the same, and who asked was answered. */
export const settled: Eventually<ChatWords> = {
  name: 'every live server holds the same, and all are answered',
  // Long enough for each copy to be looked at once more, as it will stay.
  steadyTicks: () => 45,
  missing(moment) {
    if (hasLostTooMany(moment)) return null
    const servers = moment.views.filter(({ role }) => role !== 'client')
    const leader = servers.find(({ role }) => role === 'leader')
    if (leader === undefined) return 'nobody leads'
    for (const view of servers) {
      const lacks = lackedBy(view, leader)
      if (lacks !== null) return `${view.id} ${lacks}`
    }
    const waiting = moment.views.find(({ role, isDone }) => role === 'client' && !isDone)
    return waiting === undefined ? null : `${waiting.id} waits for answers`
  },
}

/** Nothing more comes: what is not there now never will be. */
export function isSettled(moment: Moment<ChatWords>): boolean {
  return moment.isCalm && !hasLostTooMany(moment) && settled.missing(moment) === null
}

function lackedBy({ role, leader, appliedIndex, position }: ChatView, led: ChatView): string | null {
  if (role === 'down') return 'is down'
  if (leader !== led.id) return `follows ${leader}, and ${led.id} leads`
  if (appliedIndex !== led.appliedIndex) return `has applied ${appliedIndex} of ${led.appliedIndex} entries`
  return position === led.position ? null : `has ${position} events, and ${led.id} has ${led.position}`
}

/** Members that are away, or began anew, were no majority when they did: nobody is left to decide. */
function hasLostTooMany({ scenario, views }: Moment<ChatWords>): boolean {
  const { members } = membersIn(scenario)
  const kept = views.filter(({ id, incarnation }) => members.includes(id) && incarnation === 1)
  return 2 * kept.length <= members.length
}
