import type { StateMachine } from '#kit/state-machine'
import { rightShop, type ShopParts } from '../../subjects/shop/parts.ts'

interface World {
  readonly wallMs: () => number
}

/** A right machine of which something is spoilt, for one life of it. */
export function spoiltMachine(
  spoil: (right: StateMachine, world: World) => Partial<StateMachine>,
): Pick<ShopParts, 'machineOf'> {
  return {
    machineOf: (world) => {
      const right = rightShop.machineOf(world)
      return {
        apply: (entry, state) => right.apply(entry, state),
        query: (query, state) => right.query(query, state),
        ...spoil(right, world),
      }
    },
  }
}
