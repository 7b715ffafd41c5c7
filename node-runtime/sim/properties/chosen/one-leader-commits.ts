import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { ChosenWords } from '../../subjects/chosen/words.ts'

/**
 * Two may believe that they lead. Once the newer one has committed, what the outrun one takes for committed is what
 * others took for it before; and no two ever take different entries for the committed one of a place.
 */
export const oneLeaderCommits: Always<ChosenWords> = {
  name: 'at most one leader can commit',
  start() {
    const termAt = new Map<number, number>()
    let furthest = 0
    let newest: { readonly term: number; readonly leader: NodeId } | null = null
    return ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind !== 'applied') continue
        const { entries, term, leads } = note
        for (const { index, term: entryTerm } of entries) {
          const known = termAt.get(index)
          if (known !== undefined && known !== entryTerm)
            return `entry ${index} was committed in term ${known}, and ${node} has another one of term ${entryTerm}`
          if (index > furthest && leads && newest !== null && term < newest.term)
            return `${node} commits entry ${index} in term ${term}, and ${newest.leader} does in term ${newest.term}`
          termAt.set(index, entryTerm)
          furthest = Math.max(furthest, index)
          if (leads && entryTerm === term && term > (newest?.term ?? 0)) newest = { term, leader: node }
        }
      }
      return null
    }
  },
}
