import type { Entry } from '#cores/raft/entry'
import type { LogEnd } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { isSameEntry, ledgerOf } from './knowledge/ledger.ts'

interface Known {
  readonly entry: Entry
  readonly termBefore: number
  readonly node: NodeId
}

/**
 * Two logs with the same term at an index are equal up to there. It is enough that an entry is the same wherever its
 * index and term are, and stands behind the same term: the rest follows from place to place.
 */
export const logMatching: Always<RaftWords> = {
  name: 'logs that agree in one place agree before it',
  start() {
    const known = new Map<number, Known>()
    return (moment) => {
      for (const { node, before, note } of ledgerOf(moment).keepings) {
        const difference = firstDifference(known, { node, before, entries: note.persist.entries })
        if (difference !== null) return difference
      }
      for (const { node, note } of moment.notes) {
        if (note.kind !== 'restored') continue
        const { base, entries } = note.restored
        const difference = firstDifference(known, { node, before: base.end, entries })
        if (difference !== null) return difference
      }
      return null
    }
  },
}

interface Stretch {
  readonly node: NodeId
  readonly before: LogEnd
  readonly entries: readonly Entry[]
}

function firstDifference(known: Map<number, Known>, { node, before, entries }: Stretch): string | null {
  let termBefore = before.term
  for (const entry of entries) {
    const { index, term } = entry
    const place = index * termsMax + term
    const other = known.get(place)
    if (other === undefined) known.set(place, { entry, termBefore, node })
    else if (!isSameEntry(other.entry, entry))
      return `entry ${index} of term ${term} is one thing at ${other.node} and another at ${node}`
    else if (other.termBefore !== termBefore)
      return `entry ${index} of term ${term} is behind term ${other.termBefore} at ${other.node}, ${termBefore} at ${node}`
    termBefore = term
  }
  return null
}

const termsMax = 2 ** 24
