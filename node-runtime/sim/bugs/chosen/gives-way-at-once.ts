import { reignsBeforeItGivesWay } from '../../properties/chosen/wishes-wait.ts'
import { rightChosenParts } from '../../subjects/chosen/parts.ts'
import type { ChosenBug } from './chosen-bug.ts'

/** A wish is a command: no wait for a favourite to show that it is well. */
export const givesWayAtOnce: ChosenBug = {
  name: 'gives-way-at-once',
  property: reignsBeforeItGivesWay.name,
  parts: {
    makeCore: (config, ...rest) => rightChosenParts.makeCore({ ...config, favouriteWaitTicks: 1 }, ...rest),
  },
}
