import type { Random } from '#kit/random'
import { drawChoiceTiming, longestRound } from '../choice-timing.ts'
import type { RaftSettings } from '../raft/settings.ts'
import { drawTiming, type ElectionTiming, timingOf } from '../raft/timing.ts'

type Settings = Readonly<Record<string, number>>
type Drawn = keyof ElectionTiming | 'favouriteWaitTicks' | 'writes'

/**
 * What else a raft group has to be told. Logs, disks and members have a subject of their own; here nobody but the
 * election wishes for anything, the members stay who they are, and no limit is near.
 */
export const plainRaft: Omit<RaftSettings, Drawn> = {
  strangers: 0,
  favourite: 0,
  inputsPerStep: 1_000,
  flushEvery: 3,
  logMax: 1_000_000,
  logKept: 5,
  rowsPerChunk: 100,
  snapshotAgeMax: 1_000_000,
  appendEntriesMax: 1_000,
  appendsInFlightMax: 64,
  marksMax: 64,
  committedMax: 1_000,
  uncommittedMax: 10_000,
  readsMax: 1_000,
  promotionLagMax: 1_000,
  tailBytesMax: 1_000_000,
  writesAtOnce: 1,
  reads: 0,
  changes: 0,
  handOvers: 0,
  wishes: 0,
}

export function drawChosenSettings(random: Random): Settings {
  const raft = drawTiming(random.fork('raft'))
  const { heartbeatTicks = 1 } = raft
  return {
    ...drawChoiceTiming(random.fork('choice')),
    ...raft,
    // One heartbeat is named for both. Patience must outlast it.
    silenceTicks: heartbeatTicks + 2 + random.below(random.pick([4, 20])),
    byRank: random.below(2),
    favouriteWaitTicks: 5 + random.below(60),
    writes: random.pick([20, 200]),
  }
}

/** In which all agree on whom to choose, somebody leads, and the chosen one has been well for as long as it must. */
export function longestChange(settings: Settings): number {
  const { favouriteWaitTicks = 0 } = settings
  return 2 * longestRound(settings) + 2 * timingOf(settings).electionTicksLongest + favouriteWaitTicks
}
