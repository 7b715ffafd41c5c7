import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

/** Whatever the state on disk lacks can be made up for from the log. */
export const logReachesState: Always<RaftWords> = {
  name: 'a log begins where the state on disk ends, or before',
  start: () => (moment) => {
    for (const { node, note } of moment.notes) {
      if (note.kind !== 'kept' || note.persist.base === null) continue
      const { index } = note.persist.base.end
      if (index > note.durableIndex)
        return `${node} compacts to ${index}, and its state on disk is that of ${note.durableIndex}`
    }
    return null
  },
}
