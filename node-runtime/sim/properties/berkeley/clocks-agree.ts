import { readingErrorMs } from '#cores/clocks/berkeley-clock'
import type { BerkeleyView } from '#cores/clocks/berkeley-messages'
import { calmWeather, type Scenario } from '../../scenario.ts'
import type { Eventually, Moment } from '../../subject.ts'
import { longestSync } from '../../subjects/berkeley-settings.ts'
import type { BerkeleyWords } from '../../subjects/berkeley-words.ts'

/** What nodes say of their own error is true: no two clocks are further apart than both together admit. */
export const withinClaims: Eventually<BerkeleyWords> = {
  name: 'clocks are as near to each other as their nodes claim',
  steadyTicks: ({ settings }) => 2 * longestSync(settings),
  missing: (moment) =>
    furthest(moment, (one, other) => {
      if (one.errorMs === null || other.errorMs === null) return 'a clock was never corrected'
      const apartMs = Math.abs(one.correctedMs - other.correctedMs)
      const claimMs = one.errorMs + other.errorMs
      return apartMs <= claimMs ? null : `${apartMs} ms apart, and ${claimMs} admitted`
    }),
}

export const withinBound: Eventually<BerkeleyWords> = {
  name: 'clocks are as near to each other as the weather allows',
  steadyTicks: ({ settings }) => 2 * longestSync(settings),
  missing: (moment) => {
    const boundMs = apartMsMax(moment.scenario)
    return furthest(moment, (one, other) => {
      const apartMs = Math.abs(one.correctedMs - other.correctedMs)
      return apartMs <= boundMs ? null : `${apartMs} ms apart, and ${boundMs} would do`
    })
  },
}

/** In calm both ways take equally long, so half of the trip is right to what its jitter leaves; the rest is drift. */
export function apartMsMax({ settings, tickMs }: Scenario): number {
  const { driftPpm = 0, pollTicks = 0, pollWaitTicks = 0 } = settings
  const driftMs = Math.ceil((2 * driftPpm * (pollTicks + pollWaitTicks) * tickMs) / 1_000_000)
  return calmWeather.jitterTicks * tickMs + driftMs + 2 * readingErrorMs
}

function furthest(
  { scenario, views }: Moment<BerkeleyWords>,
  wrong: (one: BerkeleyView, other: BerkeleyView) => string | null,
): string | null {
  const awaited = scenario.nodes.length - scenario.absentInCalm.length
  if (views.length < awaited) return `only ${views.length} of ${awaited} nodes are up`
  for (const [index, one] of views.entries()) {
    for (const other of views.slice(index + 1)) {
      const detail = wrong(one, other)
      if (detail !== null) return `${one.id} and ${other.id}: ${detail}`
    }
  }
  return null
}
