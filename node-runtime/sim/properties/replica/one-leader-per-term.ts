import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { ReplicaWords } from '../../subjects/replica/words.ts'

export const oneLeaderPerTerm: Always<ReplicaWords> = {
  name: 'one leader per term',
  start() {
    const leaderOfTerm = new Map<number, NodeId>()
    return ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind !== 'role-changed' || note.to !== 'leader') continue
        const known = leaderOfTerm.get(note.term)
        // Not even the same one twice: a new life begins a new term.
        if (known !== undefined) return `term ${note.term} has leaders ${known} and ${node}`
        leaderOfTerm.set(note.term, node)
      }
      return null
    }
  },
}
