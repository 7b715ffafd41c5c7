import type { Random } from '#kit/random'
import { drawTiming } from '../raft/timing.ts'

/** What those who ask do in a thousand of their ticks, how many ids they share, and how much of the log is kept. */
export function drawNotarySettings(random: Random): Readonly<Record<string, number>> {
  return {
    ...drawTiming(random.fork('timing')),
    orders: random.pick([20, 80, 250]),
    batchMax: random.pick([1, 4, 12]),
    ids: random.pick([3, 12, 60]),
    documents: random.pick([3, 12, 60]),
    looks: random.pick([10, 60]),
    commands: random.pick([0, 60, 200]),
    lanes: random.pick([1, 3]),
    patienceMs: random.pick([800, 3_000]),
    entriesKept: random.pick([2, 12, 400]),
  }
}

export const plainNotarySettings = { batchMax: 1, looks: 10, commands: 0, lanes: 1, entriesKept: 400 } as const
