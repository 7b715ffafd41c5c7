import { assert } from '#kit/assert'
import type { Random } from '#kit/random'

export interface ElectionTiming {
  readonly heartbeatTicks: number
  readonly electionTicksMin: number
  readonly electionTicksSpread: number
  readonly electionTicksLongest: number
}

/** Near the latency rivals are common, far above it they are rare; both are wanted. */
export function drawTiming(random: Random): Readonly<Record<string, number>> {
  const electionTicksMin = 5 + random.below(random.pick([6, 20]))
  return {
    heartbeatTicks: 1 + random.below(Math.floor(electionTicksMin / 3)),
    electionTicksMin,
    electionTicksSpread: 4 + random.below(2 * electionTicksMin),
  }
}

export function timingOf(settings: Readonly<Record<string, number>>): ElectionTiming {
  const { heartbeatTicks, electionTicksMin, electionTicksSpread } = settings
  assert(
    heartbeatTicks !== undefined && electionTicksMin !== undefined && electionTicksSpread !== undefined,
    'an election has its timing',
  )
  const electionTicksLongest = electionTicksMin + electionTicksSpread - 1
  return { heartbeatTicks, electionTicksMin, electionTicksSpread, electionTicksLongest }
}
