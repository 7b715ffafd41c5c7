import type { ClockSyncView } from '#contract/worker/view'
import { BerkeleyCore } from '#cores/clocks/berkeley'
import { parseBerkeleyMessage } from '#cores/clocks/berkeley-codec'
import type { BerkeleyInput, BerkeleyMessage, Reading } from '#cores/clocks/berkeley-messages'
import { decodeText, encodeText } from '#kit/bytes'
import type { MessageId, NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Clock } from '#ports/clock'
import type { Trace } from '#ports/trace'
import type { Letter, Post } from '../post.ts'

export interface ClockSyncParts {
  readonly id: NodeId
  readonly peers: readonly NodeId[]
  readonly tickMs: number
  readonly post: Post
  /** Who coordinates, as far as this node knows. */
  readonly leader: () => NodeId | null
  /** Of those who may belong to a group not everybody does. */
  readonly isThere?: (peer: NodeId) => boolean
  readonly ports: { readonly clock: Clock; readonly random: Random; readonly trace: Trace }
}

export const clockSyncLimits = {
  pollEveryMs: 4_000,
  pollEveryMsMin: 1_000,
  /** Of those that a system counts, where it does. */
  messagesPerPoll: 10,
  answerWithinMs: 500,
  doubtRounds: 3,
  outlierMs: 1_000,
  /** Of the time that goes by, at most so many hundredths are added or left out. */
  slewPercent: 20,
  stepMs: 1_000,
  /** Worse than any quartz of a machine that is well. */
  driftPpm: 200,
} as const

/** On the envelope, so that nobody takes them for words of the log. */
const prefix = 'clock-'
const kinds = ['poll', 'time', 'adjust', 'poll-wanted'] as const satisfies readonly BerkeleyMessage['kind'][]

/** The group's time on this node: its leader asks around, and everybody bends the own clock towards what comes of it. */
export class ClockSync {
  readonly #parts: ClockSyncParts
  readonly #core: BerkeleyCore
  readonly #peers: ReadonlySet<NodeId>
  #corrected: { readonly timeMs: number; readonly monotonicMs: number }
  #anomalies = 0

  constructor(parts: ClockSyncParts) {
    this.#parts = parts
    const { id, peers, tickMs, ports, post } = parts
    const { pollEveryMs, pollEveryMsMin, answerWithinMs, doubtRounds } = clockSyncLimits
    const { outlierMs, slewPercent, stepMs, driftPpm } = clockSyncLimits
    const config = {
      id,
      members: [id, ...peers],
      pollTicks: Math.ceil(pollEveryMs / tickMs),
      pollTicksMin: Math.ceil(pollEveryMsMin / tickMs),
      pollWaitTicks: Math.ceil(answerWithinMs / tickMs),
      messagesPerPoll: clockSyncLimits.messagesPerPoll,
      doubtRounds,
      outlierMs,
      slewMsPerTick: Math.max(1, Math.floor((tickMs * slewPercent) / 100)),
      stepMs,
      driftPpm,
    }
    const at = this.#read()
    this.#core = new BerkeleyCore(config, at, ports.random.fork('clock-sync'))
    this.#peers = new Set(peers)
    this.#corrected = { timeMs: at.localMs, monotonicMs: at.monotonicMs }
    post.read(
      kinds.map((kind) => prefix + kind),
      (letter) => this.#heard(letter),
    )
  }

  /** How often a peer broke the protocol in what it said. */
  get anomalies(): number {
    return this.#anomalies
  }

  get view(): ClockSyncView {
    const { coordinator, offsetMs, errorMs, lastSyncTicksAgo, takenPart, outliers } = this.#core.view
    const lastSyncMsAgo = lastSyncTicksAgo === null ? null : lastSyncTicksAgo * this.#parts.tickMs
    return { coordinator, offsetMs, errorMs, lastSyncMsAgo, takenPart, outliers }
  }

  /** Whole milliseconds. Between two ticks the monotonic clock carries it on, so a bend may take a few of them back. */
  timeMs(): number {
    const { timeMs, monotonicMs } = this.#corrected
    return timeMs + Math.floor(this.#parts.ports.clock.now()) - monotonicMs
  }

  tick(): void {
    this.#follow()
    const at = this.#read()
    this.#step({ kind: 'tick', at }, null)
    this.#corrected = { timeMs: this.#core.view.correctedMs, monotonicMs: at.monotonicMs }
  }

  /**
   * For the leader of a system whose protocol wants clocks compared every few messages too. Entries of a log are not
   * counted: there are thousands a second, and the timer is enough for them.
   */
  countMessage(): void {
    this.#step({ kind: 'message-counted' }, null)
  }

  #heard({ from, kind, body, cause }: Letter): 'malformed' | null {
    const message = parsed(body)
    if (message === null || prefix + message.kind !== kind || !this.#peers.has(from)) return 'malformed'
    this.#follow()
    this.#step({ kind: 'message', from, message, at: this.#read() }, cause)
    return null
  }

  /** Before each word too: a new leader asks at once, and one who did not answer yet might be the one in the right. */
  #follow(): void {
    const node = this.#parts.leader()
    if (node !== this.#core.view.coordinator) this.#step({ kind: 'coordinator', node }, null)
  }

  #step(input: BerkeleyInput, cause: MessageId | null): void {
    const { post, ports, isThere = () => true } = this.#parts
    const { messages, anomaly } = this.#core.step(input)
    if (anomaly !== null) {
      this.#anomalies += 1
      ports.trace.note({ kind: 'anomaly', detail: anomaly }, cause)
    }
    for (const { to, message } of messages) {
      if (!isThere(to)) continue
      post.send(to, { kind: prefix + message.kind, body: encodeText(JSON.stringify(message)), cause })
    }
  }

  #read(): Reading {
    const { clock } = this.#parts.ports
    return { localMs: Math.round(clock.wall()), monotonicMs: Math.floor(clock.now()) }
  }
}

function parsed(body: Uint8Array): BerkeleyMessage | null {
  const text = decodeText(body)
  if (text === null) return null
  try {
    return parseBerkeleyMessage(JSON.parse(text))
  } catch {
    // No JSON: the caller counts and notes it like every other malformed message.
    return null
  }
}
