import type { PeerId, RingMessage, RingNote, RingStamp, RingView } from '../messages.ts'

/** Peers are told apart by the last number of their address in all stories. */
export function shortName(id: PeerId): string {
  return `p${id.split(':')[0]?.split('.').at(-1)}`
}

export function stampText({ term, leader, version }: RingStamp): string {
  return `${term}/${shortName(leader)}/${version}`
}

export function viewText(view: RingView): string {
  return `${stampText(view)} [${view.members.map(({ id }) => shortName(id)).join(' ')}]`
}

export function messageText(message: RingMessage): string {
  switch (message.kind) {
    case 'ping':
    case 'pong':
      return `${message.kind} ${message.ring === null ? 'without a ring' : stampText(message.ring)}`
    case 'probe':
      return `probe ${shortName(message.target)}`
    case 'probed':
      return `probed ${shortName(message.target)} ${message.isAlive ? 'alive' : 'silent'}`
    case 'lost':
      return `lost ${shortName(message.peer)}`
    case 'ring':
    case 'merge':
      return `${message.kind} ${viewText(message.view)}`
    case 'beat':
      return `beat ${message.number} of ${stampText(message.ring)}`
    case 'token':
      return `token ${message.term} by ${message.path.map(({ id }) => shortName(id)).join(' ')}`
    case 'invite':
      return `invite to ${stampText(message.ring)}`
    case 'records':
      return `${message.records.length} records${message.isRound ? ' round' : ''}`
    default:
      return message.kind
  }
}

export function noteText(note: RingNote): string {
  switch (note.kind) {
    case 'joined':
    case 'followed':
      return `${note.kind} ${stampText(note.ring)} of ${note.size}`
    case 'led':
      return `leads ${stampText(note.ring)} of ${note.size}: ${note.why}`
    case 'merged':
      return `merged with ${shortName(note.with)} into ${stampText(note.ring)} of ${note.size}`
    case 'suspected':
      return `suspects ${shortName(note.peer)}`
    case 'cleared':
    case 'left':
      return `${note.kind} ${shortName(note.peer)}`
    case 'found-dead':
      return `finds ${shortName(note.peer)} dead: ${note.why}`
    case 'closed':
      return `goes over ${shortName(note.over)} to ${shortName(note.next)}`
    case 'token-began':
      return `begins token ${note.term}: ${note.why}`
    case 'token-passed':
      return `passes token ${note.term} of ${shortName(note.initiator)} to ${shortName(note.to)}`
    case 'caught-up':
      return `got ${note.records} records from ${shortName(note.from)}`
    default:
      return note.kind
  }
}
