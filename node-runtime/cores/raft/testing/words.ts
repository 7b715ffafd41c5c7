import type { LogEnd, RaftMessage, RaftNote } from '../messages.ts'

/** A message as a line of a story. Places in a log are index/term. */
export function messageText(message: RaftMessage): string {
  const about = aboutText(message)
  return `${message.kind} term ${message.term}${about === '' ? '' : ` ${about}`}`
}

export function endText({ index, term }: LogEnd): string {
  return `${index}/${term}`
}

function aboutText(message: RaftMessage): string {
  switch (message.kind) {
    case 'pre-vote-request':
      return `with ${endText(message.last)}`
    case 'vote-request':
      return `with ${endText(message.last)}${message.isHandOver ? ', handed over' : ''}`
    case 'pre-vote':
      return `${message.isGranted ? 'yes' : 'no'} from term ${message.voterTerm}`
    case 'vote':
      return message.isGranted ? 'yes' : 'no'
    case 'heartbeat':
      return `round ${message.round} commit ${message.commit}`
    case 'heartbeat-answer':
      return `round ${message.round} last ${message.lastIndex}`
    case 'commit':
      return `up to ${message.commit}`
    case 'append':
      return `[${message.entries.map(endText).join(' ')}] after ${endText(message.previous)} commit ${message.commit}`
    case 'append-answer':
      return `up to ${message.matchIndex}`
    case 'append-refusal':
      return `nothing like ${message.previousIndex}, perhaps ${endText(message.hint)}`
    case 'snapshot-chunk':
      return `of ${endText(message.snapshot.end)} number ${message.number}${message.isLast ? ', the last' : ''}`
    case 'snapshot-answer':
      return message.wanted === null ? 'has all' : `wants ${message.wanted}`
    case 'disown':
      return `life ${message.disowned}`
    case 'stand-now':
    case 'join':
      return ''
  }
}

/** What happened, as a line of a story. */
export function noteText(note: RaftNote): string {
  switch (note.kind) {
    case 'role-changed': {
      const about = note.leader === null ? '' : ` (${note.leader}${note.silentTicks === null ? '' : ' was silent'})`
      return `${note.from} to ${note.to}, term ${note.term}, ${note.why}${about}`
    }
    case 'voted':
      return `votes for ${note.for} in term ${note.term}`
    case 'timer':
      return `${note.name} wait is over`
    case 'members-changed': {
      const names = note.members.map(({ node, isVoter }) => (isVoter ? node : `${node} learning`))
      return `members are ${names.join(', ')}, by entry ${note.index}`
    }
    case 'handing-over':
      return `hands over to ${note.to}, ${note.why}`
    case 'log-cut':
      return `cuts ${note.from} to ${note.upTo}`
    case 'snapshot-began':
      return `a snapshot of ${note.index} for ${note.to}`
    case 'snapshot-installed':
      return `snapshot of ${note.index} installed`
    case 'peer-lost-disk':
      return `${note.peer} has lost its disk`
    case 'group-lost':
      return `the group is lost with the disks of ${note.lost.join(', ')}`
  }
}
