import type { Eventually, Moment } from '../../subject.ts'
import { membersIn } from '../../subjects/replica/settings.ts'
import type { ShopView, ShopWords } from '../../subjects/shop/words.ts'

/** Every live catalogue follows one leader and holds the same, nothing is kept for nobody, and whoever asked was answered. */
export const settled: Eventually<ShopWords> = {
  name: 'everything comes to rest, and nothing is kept for nobody',
  // Long enough for each copy to be looked at once more, as it will stay.
  steadyTicks: () => 45,
  missing(moment) {
    if (hasLostTooMany(moment)) return null
    const catalogues = moment.views.filter(({ role }) => role !== 'orders')
    const leader = catalogues.find(({ role }) => role === 'leader')
    if (leader === undefined) return 'nobody leads'
    for (const view of catalogues) {
      const lacks = lackedBy(view, leader)
      if (lacks !== null) return `${view.id} ${lacks}`
    }
    const { clients } = membersIn(moment.scenario)
    const orders = moment.views.find(({ role }) => role === 'orders')
    if (clients.length > 0 && orders?.isDone !== true) return `${clients[0]} is not done`
    return leader.live === 0 ? null : `${leader.live} reservations are for nobody`
  },
}

/** Nothing more comes: what is not there now never will be. */
export function isSettled(moment: Moment<ShopWords>): boolean {
  return moment.isCalm && !hasLostTooMany(moment) && settled.missing(moment) === null
}

function lackedBy({ role, leader, appliedIndex, movements }: ShopView, led: ShopView): string | null {
  if (role === 'down') return 'is down'
  if (leader !== led.id) return `follows ${leader}, and ${led.id} leads`
  if (appliedIndex !== led.appliedIndex) return `has applied ${appliedIndex} of ${led.appliedIndex} entries`
  return movements === led.movements ? null : `has ${movements} movements, and ${led.id} has ${led.movements}`
}

/** Without a majority nobody is left to decide. */
function hasLostTooMany({ scenario, views }: Moment<ShopWords>): boolean {
  const { members } = membersIn(scenario)
  const kept = views.filter(({ id, incarnation }) => members.includes(id) && incarnation === 1)
  return 2 * kept.length <= members.length
}
