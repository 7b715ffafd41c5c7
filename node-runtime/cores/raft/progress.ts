import type { Random } from '#kit/random'
import type { RaftLog } from './log.ts'
import type { Member } from './membership.ts'
import type { ChunkOrder, PeerState } from './messages.ts'

export const progressLimits = {
  /** Append messages that may be on their way to one peer. Past that the leader waits for an answer. */
  appendsInFlightMax: 64,
  /** What one append message may carry. */
  appendEntriesMax: 1_024,
  appendBytesMax: 256 * 1024,
} as const

interface Transfer {
  order: ChunkOrder
  /** Where the log goes on once it is installed; known with the first chunk. */
  endIndex: number | null
  ticksWaiting: number
}

/**
 * What a leader knows of one peer.
 *
 * 1. `matchIndex` never falls: it is what the peer has acknowledged in this reign.
 * 2. `nextIndex` is above `matchIndex`; between them lies what was sent and not acknowledged.
 */
export class Progress {
  readonly member: Member
  state: PeerState = 'probing'
  matchIndex = 0
  nextIndex: number
  commitSent = 0
  /** Counts since the peer last answered. Everyone begins as present: they are owed the time to answer. */
  silentTicks = 0
  roundAnswered = 0
  /** It has lost what it had acknowledged: its word counts for nothing. */
  isLost = false
  /** A probe waits for its answer; the next one goes out with the next sign of life. */
  isProbeOut = false
  transfer: Transfer | null = null
  /** The last index of each append on its way, oldest first. */
  #inFlight: number[] = []
  /** What held when the last heartbeat left, to be compared with its answer. */
  #atRound = { round: 0, matchIndex: 0, nextIndex: 0 }

  constructor(member: Member, nextIndex: number) {
    this.member = member
    this.nextIndex = nextIndex
  }

  get hasRoom(): boolean {
    return this.#inFlight.length < progressLimits.appendsInFlightMax
  }

  get hasNothingOut(): boolean {
    return this.#inFlight.length === 0
  }

  sent(lastIndex: number): void {
    this.#inFlight.push(lastIndex)
    this.nextIndex = lastIndex + 1
  }

  acknowledged(index: number): void {
    if (index > this.matchIndex) this.matchIndex = index
    while (this.#inFlight.length > 0 && (this.#inFlight[0] ?? index) <= index) this.#inFlight.shift()
    this.isProbeOut = false
    if (this.state === 'probing') this.#become('replicating')
    if (this.nextIndex <= this.matchIndex) this.nextIndex = this.matchIndex + 1
  }

  /** What was sent is believed lost, or did not fit: begin again from here, one message at a time. */
  probe(nextIndex: number): void {
    this.#become('probing')
    this.nextIndex = Math.max(nextIndex, this.matchIndex + 1)
  }

  beginTransfer(order: ChunkOrder): void {
    this.#become('snapshot')
    this.transfer = { order, endIndex: null, ticksWaiting: 0 }
  }

  heartbeatSent(round: number): void {
    this.#atRound = { round, matchIndex: this.matchIndex, nextIndex: this.nextIndex }
  }

  /**
   * RP8, MB7: the answer to the newest heartbeat shows what had reached the peer by then. Less than was sent before it
   * means a lost message; less than was acknowledged before it means a lost disk.
   */
  judge(round: number, lastIndex: number): 'well' | 'lost-messages' | 'lost-disk' {
    if (round !== this.#atRound.round) return 'well'
    if (lastIndex < this.#atRound.matchIndex) return 'lost-disk'
    if (this.state !== 'replicating' || this.#atRound.nextIndex <= this.matchIndex + 1) return 'well'
    return lastIndex < this.#atRound.nextIndex - 1 ? 'lost-messages' : 'well'
  }

  #become(state: PeerState): void {
    this.state = state
    this.isProbeOut = false
    this.#inFlight = []
    this.transfer = null
  }
}

export function newOrder(progress: Progress, random: Random): ChunkOrder {
  return { to: progress.member.node, transfer: random.below(2 ** 32), number: 0 }
}

/** The peer needs entries that the log no longer has. */
export function needsSnapshot({ nextIndex }: Progress, log: RaftLog): boolean {
  return log.termAt(nextIndex - 1) === null
}
