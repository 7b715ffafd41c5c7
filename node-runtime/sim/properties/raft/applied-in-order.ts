import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

interface Place {
  incarnation: number
  appliedIndex: number
  durableIndex: number
}

/** Each entry once a life, in order; and a new life goes on from what was on the disk, neither behind it nor ahead. */
export const appliedInOrder: Always<RaftWords> = {
  name: 'each entry is applied once a life, in order',
  start() {
    const places = new Map<NodeId, Place>()
    return (moment) => {
      const { notes } = moment
      const ledger = ledgerOf(moment)
      for (const { node, note } of notes) {
        const place = places.get(node)
        if (note.kind === 'restored') {
          const { index } = note.state.end
          const { incarnation } = note
          if (place?.incarnation === incarnation && index < place.durableIndex && !ledger.mayForget(node))
            return `${node} begins with the state of entry ${index}; that of ${place.durableIndex} was on its disk`
          places.set(node, { incarnation, appliedIndex: index, durableIndex: index })
        } else if (place !== undefined && note.kind === 'applied') {
          for (const { index } of note.entries) {
            if (index !== place.appliedIndex + 1) return `${node} applies entry ${index} after ${place.appliedIndex}`
            place.appliedIndex = index
          }
        } else if (place !== undefined && note.kind === 'installed') {
          const { index } = note.state.end
          if (index <= place.appliedIndex)
            return `${node} goes back from ${place.appliedIndex} to the snapshot of ${index}`
          place.appliedIndex = index
        } else if (place !== undefined && note.kind === 'kept') place.durableIndex = note.durableIndex
      }
      return null
    }
  },
}
