import type { Random } from '#kit/random'
import type { RaftLimits } from './limits.ts'
import type { RaftLog } from './log.ts'
import type { Member } from './membership.ts'
import type { ChunkOrder, PeerState } from './messages.ts'

export const progressLimits = {
  /** Append messages that may be on their way to one peer. Past that the leader waits for an answer. */
  appendsInFlightMax: 64,
  /** The same in bytes: one step must not read much of the log for a peer that is far behind. */
  bytesInFlightMax: 4 * 1024 * 1024,
  /** Heartbeats of which it is remembered what was on its way before them. */
  marksMax: 64,
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

/** What was acknowledged and what was on its way when a heartbeat left. */
interface Mark {
  readonly round: number
  readonly attempt: number
  readonly matchIndex: number
  readonly nextIndex: number
  readonly isProbeOut: boolean
}

/**
 * What a leader knows of one peer.
 *
 * 1. `matchIndex` never falls: it is what the peer has acknowledged in this reign.
 * 2. `nextIndex` is above `matchIndex`; between them lies what was sent and not acknowledged.
 */
export class Progress {
  readonly member: Member
  readonly #limits: RaftLimits['progress']
  state: PeerState = 'probing'
  matchIndex = 0
  nextIndex: number
  commitSent = 0
  /** Counts since the peer last answered. Everyone begins as present: they are owed the time to answer. */
  silentTicks = 0
  roundAnswered = 0
  /** It has lost what it had acknowledged: its word counts for nothing. */
  isLost = false
  /** A probe waits for its answer. */
  isProbeOut = false
  transfer: Transfer | null = null
  /** The appends on their way, oldest first. */
  #inFlight: { readonly lastIndex: number; readonly bytes: number }[] = []
  #bytesInFlight = 0
  /** Counts how often it was begun anew to find out what the peer has; answers to an earlier attempt say nothing. */
  #attempt = 0
  /** Of the heartbeats that wait for their answer, oldest first. */
  #marks: Mark[] = []

  constructor(member: Member, nextIndex: number, limits: RaftLimits['progress']) {
    this.member = member
    this.#limits = limits
    this.nextIndex = nextIndex
  }

  get hasRoom(): boolean {
    const { appendsInFlightMax, bytesInFlightMax } = this.#limits
    return this.#inFlight.length < appendsInFlightMax && this.#bytesInFlight < bytesInFlightMax
  }

  sent(lastIndex: number, bytes: number): void {
    this.#inFlight.push({ lastIndex, bytes })
    this.#bytesInFlight += bytes
    this.nextIndex = lastIndex + 1
  }

  acknowledged(index: number): void {
    if (index > this.matchIndex) this.matchIndex = index
    while (this.#inFlight[0] !== undefined && this.#inFlight[0].lastIndex <= index) {
      this.#bytesInFlight -= this.#inFlight[0].bytes
      this.#inFlight.shift()
    }
    // Less than what is asked about is an old word that came late, and settles nothing.
    if (this.state === 'probing' && index >= this.nextIndex - 1) this.#become('replicating')
    if (this.nextIndex <= this.matchIndex) this.nextIndex = this.matchIndex + 1
  }

  /** What was sent did not fit: begin again from here, one message at a time. */
  probe(nextIndex: number): void {
    this.#become('probing')
    this.nextIndex = Math.max(nextIndex, this.matchIndex + 1)
  }

  /** What was sent is believed lost. */
  sendAgain(): void {
    if (this.state === 'replicating') this.nextIndex = this.matchIndex + 1
    this.#become('probing')
  }

  beginTransfer(order: ChunkOrder): void {
    this.#become('snapshot')
    this.transfer = { order, endIndex: null, ticksWaiting: 0 }
  }

  heartbeatSent(round: number): void {
    const { matchIndex, nextIndex, isProbeOut } = this
    // When there are too many, the newest gives way. If it were the oldest, a leader that asks much faster than its
    // peers answer would have forgotten each question by the time of its answer.
    if (this.#marks.length >= this.#limits.marksMax) this.#marks.pop()
    this.#marks.push({ round, attempt: this.#attempt, matchIndex, nextIndex, isProbeOut })
  }

  /**
   * RP8, MB7: messages keep their order, so whatever was sent before a heartbeat has been answered when its answer comes.
   * What has not was lost, or its answer was. And a log that is shorter than what it acknowledged is on another disk.
   */
  judge(round: number, lastIndex: number): 'well' | 'lost-messages' | 'lost-disk' {
    let mark: Mark | undefined
    while (this.#marks[0] !== undefined && this.#marks[0].round <= round) mark = this.#marks.shift()
    if (mark === undefined) return 'well'
    if (lastIndex < mark.matchIndex) return 'lost-disk'
    if (mark.attempt !== this.#attempt) return 'well'
    const isMissing = this.state === 'replicating' && this.matchIndex < mark.nextIndex - 1
    return isMissing || mark.isProbeOut ? 'lost-messages' : 'well'
  }

  #become(state: PeerState): void {
    this.state = state
    this.isProbeOut = false
    this.#inFlight = []
    this.#bytesInFlight = 0
    this.transfer = null
    this.#attempt += 1
  }
}

export function newOrder(progress: Progress, random: Random): ChunkOrder {
  return { to: progress.member.node, transfer: random.below(2 ** 32), number: 0 }
}

/** The peer needs entries that the log no longer has. */
export function needsSnapshot({ nextIndex }: Progress, log: RaftLog): boolean {
  return log.termAt(nextIndex - 1) === null
}
