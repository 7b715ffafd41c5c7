import { sameState } from '../../properties/raft/same-state.ts'
import { saying, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** What is committed its followers hear with the next append only, and after the last one never. */
export const keepsCommitsToItself: RaftBug = {
  name: 'keeps-commits-to-itself',
  property: sameState.name,
  parts: spoilt(() => {
    const silent = saying('commit', () => null)
    const mute = saying('heartbeat', (beat) => ({ ...beat, commit: 0 }))
    return { output: (output) => mute(silent(output)) }
  }),
}
