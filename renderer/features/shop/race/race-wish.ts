import { shopDeskLimits } from '#contract/worker/shop-calls'
import type { RaceFault, RaceOrder } from '#contract/worker/shop-races'

export const noFault = 'none'

/** A race as it is chosen. A number that is being typed may be no number yet. */
export interface RaceWish {
  /** null: the first there is. */
  readonly product: number | null
  readonly shoppers: number | string
  readonly units: number | string
  readonly fault: RaceFault['kind'] | typeof noFault
  readonly on: RaceFault['on']
}

export const usualRace: RaceWish = { product: null, shoppers: 20, units: 1, fault: 'kill', on: 'primary' }

/** null: its numbers are none, or out of bounds. */
export function raceOf({
  shoppers,
  units,
  fault,
  on,
}: RaceWish): Pick<RaceOrder, 'shoppers' | 'units' | 'fault'> | null {
  if (!isIn(shoppers, 2, shopDeskLimits.shoppersMax) || !isIn(units, 1, shopDeskLimits.unitsMax)) return null
  return { shoppers, units, fault: fault === noFault ? null : { kind: fault, on } }
}

function isIn(value: number | string, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}
