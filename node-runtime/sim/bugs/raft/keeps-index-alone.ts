import { stateIsWhatWasApplied } from '../../properties/raft/state-is-what-was-applied.ts'
import type { RaftBug } from './raft-bug.ts'

/** Writes how far the state goes, and leaves the state for later. */
export const keepsIndexAlone: RaftBug = {
  name: 'keeps-index-alone',
  property: stateIsWhatWasApplied.name,
  parts: {
    keep: (disk, { persist, state }) => disk.keep({ persist, state: state === null ? null : { ...state, rows: [] } }),
  },
}
