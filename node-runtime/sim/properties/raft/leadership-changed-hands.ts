import type { NodeId } from '#kit/ids'
import type { Sometimes } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

export const leadershipChangedHands: Sometimes<RaftWords> = {
  name: 'leadership changed hands',
  start() {
    let lastLeader: NodeId | null = null
    return ({ views }) => {
      const before = lastLeader
      for (const { id, role } of views) if (role === 'leader') lastLeader = id
      return before !== null && lastLeader !== before
    }
  },
}
