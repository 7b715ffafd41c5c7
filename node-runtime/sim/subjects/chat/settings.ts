import type { Random } from '#kit/random'
import { drawTiming } from '../raft/timing.ts'

/** What people do in a thousand of their ticks, and how much of the log is kept. */
export function drawChatSettings(random: Random): Readonly<Record<string, number>> {
  return {
    ...drawTiming(random.fork('timing')),
    deeds: random.pick([40, 120, 400]),
    looks: random.pick([5, 40]),
    reads: random.pick([0, 20]),
    lanes: random.pick([1, 3]),
    patienceMs: random.pick([800, 3_000]),
    lockMs: random.pick([200, 1_000, 5_000]),
    entriesKept: random.pick([2, 12, 400]),
  }
}

export const plainChatSettings = { looks: 5, reads: 0, lanes: 1, entriesKept: 400 } as const
