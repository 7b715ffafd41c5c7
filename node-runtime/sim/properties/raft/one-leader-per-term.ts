import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

export const oneLeaderPerTerm: Always<RaftWords> = {
  name: 'one leader per term',
  start() {
    // Remembered across ticks: the two leaders of a term need not be up at the same moment.
    const leaderOfTerm = new Map<number, NodeId>()
    return ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind !== 'role-changed' || note.to !== 'leader') continue
        const known = leaderOfTerm.get(note.term)
        if (known !== undefined && known !== node) return `term ${note.term} has leaders ${known} and ${node}`
        leaderOfTerm.set(note.term, node)
      }
      return null
    }
  },
}
