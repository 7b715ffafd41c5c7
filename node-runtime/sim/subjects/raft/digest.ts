import { raftKinds } from '#cores/raft/codec'
import type { Entry } from '#cores/raft/entry'
import type { RaftMessage } from '#cores/raft/messages'

/** As much of a message as tells two runs apart: entries have checksums of their own. */
export function digestOf(message: RaftMessage): number {
  let digest = mixed(raftKinds.indexOf(message.kind), message.term)
  digest = mixed(digest, message.incarnation)
  switch (message.kind) {
    case 'pre-vote-request':
    case 'vote-request':
      return mixed(mixed(digest, message.last.index), message.last.term)
    case 'pre-vote':
      return mixed(mixed(digest, message.voterTerm), message.isGranted ? 1 : 0)
    case 'vote':
      return mixed(digest, message.isGranted ? 1 : 0)
    case 'heartbeat':
      return mixed(mixed(digest, message.round), message.commit)
    case 'heartbeat-answer':
      return mixed(mixed(digest, message.round), message.lastIndex)
    case 'commit':
      return mixed(digest, message.commit)
    case 'append':
      return message.entries.reduce(withEntry, mixed(mixed(digest, message.previous.index), message.commit))
    case 'append-answer':
      return mixed(digest, message.matchIndex)
    case 'append-refusal':
      return mixed(mixed(digest, message.previousIndex), message.hint.index)
    case 'snapshot-chunk':
      return mixed(mixed(digest, message.snapshot.transfer), message.number)
    case 'snapshot-answer':
      return mixed(mixed(digest, message.transfer), message.wanted ?? -1)
    case 'disown':
      return mixed(digest, message.disowned)
    case 'stand-now':
    case 'join':
      return digest
  }
}

function withEntry(digest: number, { index, term, bytes }: Entry): number {
  // The record's checksum, which stands behind its length.
  return mixed(mixed(mixed(digest, index), term), (bytes[4] ?? 0) | ((bytes[5] ?? 0) << 8) | ((bytes[6] ?? 0) << 16))
}

function mixed(digest: number, value: number): number {
  const next = Math.imul(digest ^ (value | 0), 0x85ebca6b) ^ Math.floor(value / 0x1_0000_0000)
  return next ^ (next >>> 13)
}
