import type { Eventually, Moment } from '../../subject.ts'
import type { NotaryView, NotaryWords } from '../../subjects/notary/words.ts'
import { membersIn } from '../../subjects/replica/settings.ts'

/** Every live peer holds the same log and state, a majority has put its name to all of it, and who asked was answered. */
export const settled: Eventually<NotaryWords> = {
  name: 'every live peer holds the same, witnessed',
  // Long enough for each peer to be examined once more, as it will stay.
  steadyTicks: () => 45,
  missing(moment) {
    if (hasLostTooMany(moment)) return null
    const peers = moment.views.filter(({ role }) => role !== 'client')
    const leader = peers.find(({ role }) => role === 'leader')
    if (leader === undefined) return 'nobody leads'
    for (const view of moment.views) {
      const lacks = view.role === 'client' ? null : lackedBy(view, leader)
      if (lacks !== null) return `${view.id} ${lacks}`
      if (!view.isDone) return `${view.id} waits for answers`
    }
    return null
  },
}

/** Nothing more comes: what is not there now never will be. */
export function isSettled(moment: Moment<NotaryWords>): boolean {
  return moment.isCalm && !hasLostTooMany(moment) && settled.missing(moment) === null
}

function lackedBy(view: NotaryView, led: NotaryView): string | null {
  const { role, leader, appliedIndex, size, root, witnessedSize } = view
  if (role === 'down') return 'is down'
  if (leader !== led.id) return `follows ${leader}, and ${led.id} leads`
  if (appliedIndex !== led.appliedIndex) return `has applied ${appliedIndex} of ${led.appliedIndex} entries`
  if (size !== led.size || root !== led.root) return `has ${size} records, and ${led.id} has ${led.size}`
  return witnessedSize === size ? null : `has a checkpoint of ${witnessedSize} of ${size} records`
}

/** Members that are away, or began anew, were no majority when they did: nobody is left to decide. */
function hasLostTooMany({ scenario, views }: Moment<NotaryWords>): boolean {
  const { members } = membersIn(scenario)
  const kept = views.filter(({ id, incarnation }) => members.includes(id) && incarnation === 1)
  return 2 * kept.length <= members.length
}
