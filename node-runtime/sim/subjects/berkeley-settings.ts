import type { BerkeleyConfig } from '#cores/clocks/berkeley-messages'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Scenario } from '../scenario.ts'
import { drawChoiceTiming, longestRound } from './choice-timing.ts'

type Settings = Readonly<Record<string, number>>

/** Waits near the latency lose answers, clocks near the bound of outliers fall now on one side of it, now on the other. */
export function drawBerkeleySettings(random: Random): Settings {
  const pollTicks = 10 + random.below(50)
  return {
    ...drawChoiceTiming(random),
    pollTicks,
    pollTicksMin: 1 + random.below(pollTicks),
    pollWaitTicks: 4 + random.below(random.pick([4, 40])),
    doubtRounds: 1 + random.below(4),
    outlierMs: 20 + random.below(300),
    slewMsPerTick: 2 + random.below(4),
    stepMs: 100 + random.below(1_000),
    driftPpm: random.pick([20, 500, 5_000]),
    spreadMs: random.pick([20, 200, 2_000]),
    messagePercent: random.pick([0, 0, 10, 60]),
  }
}

export function berkeleyConfigOf({ nodes, settings }: Scenario, id: NodeId): BerkeleyConfig {
  const { pollTicks, pollTicksMin, pollWaitTicks, doubtRounds } = settings
  const { outlierMs, slewMsPerTick, stepMs, driftPpm } = settings
  assert(
    pollTicks !== undefined && pollTicksMin !== undefined && pollWaitTicks !== undefined,
    'rounds have their timing',
  )
  assert(outlierMs !== undefined && slewMsPerTick !== undefined, 'clocks have their limits')
  assert(doubtRounds !== undefined, 'a doubt ends')
  assert(stepMs !== undefined && driftPpm !== undefined, 'clocks have their limits')
  const timing = { pollTicks, pollTicksMin, pollWaitTicks, messagesPerPoll: 10, doubtRounds }
  return { id, members: nodes, ...timing, outlierMs, slewMsPerTick, stepMs, driftPpm }
}

/** A node may start with its clock set by all the skew there is, and be slewed back from there. */
export function ticksOfSlewMax(settings: Settings): number {
  const { slewMsPerTick = 1, spreadMs = 0 } = settings
  return Math.ceil((skewMsMost + 2 * spreadMs) / slewMsPerTick)
}

/** In which everybody hears of the coordinator and is corrected by it. */
export function longestSync(settings: Settings): number {
  const { pollTicks = 0, pollWaitTicks = 0, doubtRounds = 0 } = settings
  return longestRound(settings) + (1 + doubtRounds) * (pollTicks + pollWaitTicks)
}

/** Faults of this kind add up, and of two clocks nobody can tell which is wrong: both ways of many at once. */
const skewMsMost = 100_000
