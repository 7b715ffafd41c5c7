import type { NodeId } from '#kit/ids'
import type { Always, Envelope } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

/** Judged by what nodes say and not by what they believe: a vote that is out cannot be taken back by forgetting it. */
export const oneVotePerTerm: Always<RaftWords> = {
  name: 'one vote per term',
  start() {
    const votes = new Map<string, NodeId>()
    return ({ sent }) => {
      for (const envelope of sent) {
        const candidate = candidateOf(envelope)
        if (candidate === null) continue
        const { from, message } = envelope
        const vote = `${from} in term ${message.term} of life ${message.incarnation}`
        const earlier = votes.get(vote)
        if (earlier === undefined) votes.set(vote, candidate)
        else if (earlier !== candidate) return `${vote} voted for ${earlier} and for ${candidate}`
      }
      return null
    }
  },
}

/** Whom this says that its sender voted for. Who asks for votes has given its own to itself. */
export function candidateOf({ from, to, message }: Envelope<RaftWords>): NodeId | null {
  if (message.kind === 'vote-request') return from
  return message.kind === 'vote' && message.isGranted ? to : null
}
