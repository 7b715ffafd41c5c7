import { BullyCore } from '#cores/election/bully'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { choiceTimingOf, rotated } from '../../subjects/choice-timing.ts'
import { AsksDownwards } from '../bully/asks-downwards.ts'
import type { ChosenBug } from './chosen-bug.ts'

/** An election that breaks its rules beside a raft that keeps them; where ranks are wanted it speaks bully. */
export const asksDownwards: ChosenBug = {
  name: 'asks-downwards',
  property: nobodyComplains.name,
  parts: {
    makeChooser: (id, { nodes, settings }) =>
      new AsksDownwards(new BullyCore({ id, order: rotated(nodes, settings), ...choiceTimingOf(settings) })),
  },
}
