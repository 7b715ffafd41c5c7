import { orderLimits, shopLimits } from '#cores/shop/limits'
import type { Random } from '#kit/random'
import type { Replacement } from '../../bugs/raft/replaced.ts'
import type { Scenario } from '../../scenario.ts'
import { drawTiming } from '../raft/timing.ts'

/** What people do in a thousand ticks of the orders node, and how long things last. */
export function drawShopSettings(random: Random): Readonly<Record<string, number>> {
  return {
    ...drawTiming(random.fork('timing')),
    orders: random.pick([30, 100, 400]),
    moves: random.pick([30, 120]),
    staff: random.pick([5, 30]),
    reads: random.pick([0, 60, 500]),
    keys: random.pick([3, 12, 40]),
    lanes: random.pick([1, 3, 10]),
    isGathered: random.pick([0, 1]),
    patienceMs: random.pick([800, 3_000]),
    reservationMs: random.pick([100, 300, 2_000, longMs, longMs, longMs]),
    silentTicks: random.pick([50, 300]),
    refusalKeptMs: random.pick([500, longMs]),
    entriesKept: random.pick([2, 2, 12, 400]),
    racers: random.pick([0, 2, 4]),
    raceAtPercent: random.pick([20, 60, 95]),
  }
}

/** Longer than any run, also where clocks jump. */
const longMs = 1_000_000

export const plainShopSettings = { moves: 30, staff: 5, reads: 0, lanes: 1, isGathered: 1, entriesKept: 400 } as const

export function reservationMsIn({ settings }: Pick<Scenario, 'settings'>): number {
  return settings.reservationMs ?? shopLimits.reservationMs
}

/** Nobody races unless it is said. */
export function raceIn({ settings, ticksOfTrouble }: Pick<Scenario, 'settings' | 'ticksOfTrouble'>) {
  const { racers = 0, raceAtPercent = 95 } = settings
  return { count: racers, fromTick: Math.floor((ticksOfTrouble * raceAtPercent) / 100) }
}

/** Real reservations, and what is kept of refusals, last for longer than runs do. */
export function shortTimes({ settings }: Scenario): readonly Replacement[] {
  const { refusalKeptMs = orderLimits.refusalKeptMs, silentTicks = orderLimits.patienceTicks } = settings
  return [
    setTo(shopLimits, 'reservationMs', reservationMsIn({ settings })),
    setTo(orderLimits, 'refusalKeptMs', refusalKeptMs),
    setTo(orderLimits, 'patienceTicks', silentTicks),
  ]
}

export function setTo(of: object, name: string, value: number): Replacement {
  return { of, name, replace: (right) => ({ ...right, value }) }
}
