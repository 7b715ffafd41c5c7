import { assert } from '#kit/assert'
import type { Random } from '#kit/random'
import { drawTiming, type ElectionTiming, timingOf } from './timing.ts'

/** Sizes of one world, beside its nodes and its weather. Far smaller than in life, so that every limit is met. */
export interface RaftSettings extends ElectionTiming {
  /** So many nodes at the end of the list were no founders, and ask to be taken in. */
  readonly strangers: number
  /** Which node should lead, counted from 1; 0: any. */
  readonly favourite: number
  readonly favouriteWaitTicks: number
  /** All that waits goes into one step once there is so much of it, and with every tick. */
  readonly inputsPerStep: number
  /** The state goes to the disk when so many entries have been applied. */
  readonly flushEvery: number
  /** A log longer than this is compacted, down to what is kept. */
  readonly logMax: number
  readonly logKept: number
  readonly rowsPerChunk: number
  /** A snapshot that is older than so many entries is given up. */
  readonly snapshotAgeMax: number
  /** Limits of the core. */
  readonly appendEntriesMax: number
  readonly appendsInFlightMax: number
  readonly marksMax: number
  readonly committedMax: number
  readonly uncommittedMax: number
  readonly readsMax: number
  readonly promotionLagMax: number
  readonly tailBytesMax: number
  /** In a thousand ticks of a node. */
  readonly writes: number
  readonly writesAtOnce: number
  readonly reads: number
  readonly changes: number
  readonly handOvers: number
  readonly wishes: number
}

const registersAtOnce = 100

/** Everything that can be left out is left out of some worlds: they come to places where others never are. */
export function drawRaftSettings(random: Random): Readonly<Record<string, number>> {
  const timing = drawTiming(random.fork('timing'))
  return {
    ...timing,
    strangers: random.pick([0, 0, 0, 0, 1, 2]),
    favourite: random.pick([0, 0, 0, 1, 2, 3]),
    favouriteWaitTicks: 5 + random.below(60),
    inputsPerStep: random.pick([1, 4, 1_000]),
    flushEvery: random.pick([1, 3, 12]),
    logMax: random.pick([1, 3, 6, 25, 1_000_000]),
    logKept: random.pick([0, 2, 5]),
    rowsPerChunk: random.pick([1, 1, 2, registersAtOnce]),
    snapshotAgeMax: random.pick([1, 4, 20, 1_000_000]),
    appendEntriesMax: random.pick([1, 2, 5, 1_000]),
    appendsInFlightMax: random.pick([1, 2, 64]),
    marksMax: random.pick([2, 3, 64]),
    committedMax: random.pick([1, 3, 1_000]),
    uncommittedMax: random.pick([3, 30, 10_000]),
    readsMax: random.pick([2, 1_000]),
    promotionLagMax: random.pick([1, 5, 1_000]),
    tailBytesMax: random.pick([1_000, 1_000_000]),
    writes: random.pick([0, 10, 60, 200]),
    writesAtOnce: random.pick([1, 1, 3, 8]),
    reads: random.pick([0, 10, 60, 200]),
    changes: random.pick([0, 0, 3, 15, 60]),
    handOvers: random.pick([0, 0, 10, 50]),
    wishes: random.pick([0, 0, 0, 6]),
  }
}

/** Nobody asks for anything, and no limit is met. */
export const plainRaftSettings = {
  strangers: 0,
  favourite: 0,
  inputsPerStep: 1,
  flushEvery: 1,
  logMax: 1_000_000,
  logKept: 0,
  rowsPerChunk: registersAtOnce,
  snapshotAgeMax: 1_000_000,
  appendEntriesMax: 1_000,
  appendsInFlightMax: 64,
  marksMax: 64,
  committedMax: 1_000,
  uncommittedMax: 10_000,
  readsMax: 1_000,
  promotionLagMax: 1_000,
  tailBytesMax: 1_000_000,
  writes: 0,
  writesAtOnce: 1,
  reads: 0,
  changes: 0,
  handOvers: 0,
  wishes: 0,
} as const satisfies Partial<RaftSettings>

export function raftSettingsOf(settings: Readonly<Record<string, number>>): RaftSettings {
  const given = (name: keyof RaftSettings): number => {
    const value = settings[name]
    assert(value !== undefined, `a raft group has its ${name}`)
    return value
  }
  return {
    ...timingOf(settings),
    strangers: given('strangers'),
    favourite: given('favourite'),
    favouriteWaitTicks: given('favouriteWaitTicks'),
    inputsPerStep: given('inputsPerStep'),
    flushEvery: given('flushEvery'),
    logMax: given('logMax'),
    logKept: given('logKept'),
    rowsPerChunk: given('rowsPerChunk'),
    snapshotAgeMax: given('snapshotAgeMax'),
    appendEntriesMax: given('appendEntriesMax'),
    appendsInFlightMax: given('appendsInFlightMax'),
    marksMax: given('marksMax'),
    committedMax: given('committedMax'),
    uncommittedMax: given('uncommittedMax'),
    readsMax: given('readsMax'),
    promotionLagMax: given('promotionLagMax'),
    tailBytesMax: given('tailBytesMax'),
    writes: given('writes'),
    writesAtOnce: given('writesAtOnce'),
    reads: given('reads'),
    changes: given('changes'),
    handOvers: given('handOvers'),
    wishes: given('wishes'),
  }
}
