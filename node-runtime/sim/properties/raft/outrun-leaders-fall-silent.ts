import type { NodeId } from '#kit/ids'
import type { Always, Envelope } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

export const outrunLeadersFallSilent: Always<RaftWords> = {
  name: 'a leader that is told of a newer term falls silent',
  start() {
    const ledTerm = new Map<NodeId, number>()
    const endedTerm = new Map<NodeId, number>()
    return ({ sent, received }) => {
      for (const { from, message } of sent) {
        if (message.kind !== 'heartbeat') continue
        if (endedTerm.get(from) === message.term) return `${from} goes on leading term ${message.term}`
        ledTerm.set(from, message.term)
      }
      // Looked at last: a heartbeat of the same tick may have left before the news came in.
      for (const envelope of received) {
        const led = ledTerm.get(envelope.to)
        if (led !== undefined && termTold(envelope) > led) endedTerm.set(envelope.to, led)
      }
      return null
    }
  },
}

/** The term in which the sender says it is. Who asks for votes, or to be taken in, is not believed while somebody leads. */
function termTold({ message }: Envelope<RaftWords>): number {
  if (message.kind === 'pre-vote-request' || message.kind === 'vote-request' || message.kind === 'join') return 0
  return message.kind === 'pre-vote' ? message.voterTerm : message.term
}
