import { logReachesState } from '../../properties/raft/log-reaches-state.ts'
import type { RaftBug } from './raft-bug.ts'

/** Takes what is applied in memory for what is on the disk, and lets the log go. */
export const compactsAhead: RaftBug = {
  name: 'compacts-ahead',
  property: logReachesState.name,
  parts: { needlessUpTo: (state) => state.index },
}
