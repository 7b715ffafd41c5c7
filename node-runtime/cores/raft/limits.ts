import { committedLimits } from './committed.ts'
import { leadershipLimits } from './leadership.ts'
import { logLimits } from './log.ts'
import { progressLimits } from './progress.ts'
import { readLimits } from './reads.ts'
import { promotionLagMax } from './replication.ts'

type Sizes<Limits> = { readonly [Name in keyof Limits]: number }

/** Every limit of this core, each as the file that keeps it names it. The simulator hands in tiny ones, to meet them all. */
export interface RaftLimits {
  readonly log: Sizes<typeof logLimits>
  readonly progress: Sizes<typeof progressLimits>
  readonly committed: Sizes<typeof committedLimits>
  readonly leadership: Sizes<typeof leadershipLimits>
  readonly reads: Sizes<typeof readLimits>
  readonly promotionLagMax: number
}

export const raftLimits: RaftLimits = {
  log: logLimits,
  progress: progressLimits,
  committed: committedLimits,
  leadership: leadershipLimits,
  reads: readLimits,
  promotionLagMax,
}
