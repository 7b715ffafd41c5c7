import type { NodeId } from '#kit/ids'
import type { Sometimes } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

export const votesWereSplit: Sometimes<RaftWords> = {
  name: 'two candidates in one term',
  start() {
    const candidateOfTerm = new Map<number, NodeId>()
    return ({ sent }) => {
      for (const { from, message } of sent) {
        if (message.kind !== 'vote-request') continue
        const other = candidateOfTerm.get(message.term)
        if (other !== undefined && other !== from) return true
        candidateOfTerm.set(message.term, from)
      }
      return false
    }
  },
}
