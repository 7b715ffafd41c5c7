import type { Eventually } from '../../subject.ts'
import { longestChange } from '../../subjects/chosen/settings.ts'
import type { ChosenWords } from '../../subjects/chosen/words.ts'

/** A wish is no law, and comes true all the same when nothing stands against it. */
export const chosenLeads: Eventually<ChosenWords> = {
  name: 'all choose one, and it leads',
  steadyTicks: ({ settings }) => longestChange(settings),
  missing({ scenario, views }) {
    const awaited = scenario.nodes.length - scenario.absentInCalm.length
    const [first] = views
    if (first === undefined || views.length < awaited) return `only ${views.length} of ${awaited} nodes are up`
    for (const { id, coordinator, leader } of views) {
      if (coordinator !== first.coordinator)
        return `${first.id} wishes for ${first.coordinator} and ${id} for ${coordinator}`
      if (coordinator === null || leader !== coordinator)
        return `${id} follows ${leader}, and wishes for ${coordinator}`
    }
    return null
  },
}
