import type { HardState, LogEnd } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Scenario } from '../../../scenario.ts'
import type { Envelope } from '../../../subject.ts'
import type { RaftWords } from '../../../subjects/raft/words.ts'
import type { KnownLog } from './known-log.ts'

interface Forgotten {
  readonly last: LogEnd
  readonly hard: HardState
}

/**
 * Nodes whose disks lost something and did not notice. A leader that goes on leading finds them out and has them begin
 * anew (MB7), and then nothing is lost. Before that they may be believed: one that votes, or that answers leaders of
 * terms which it has left behind, can undo what a majority had. No rule prevents that; from there on nothing is promised.
 */
export class Amnesia {
  /** A node that forgets without a fault of its disk has a fault of its own, and is no excuse. */
  readonly #lying: ReadonlySet<NodeId>
  readonly #forgotten = new Map<NodeId, Forgotten>()
  /** Told in this moment. A step says all at once what it did before it was told and after. */
  readonly #toldAnew = new Set<NodeId>()
  #isBelieved = false

  constructor({ faults }: Scenario) {
    this.#lying = new Set(
      faults.flatMap(({ fault }) => (fault.kind === 'lost-tail' && !fault.isNoticed ? [fault.node] : [])),
    )
  }

  /** Somebody was, while it did not know what it had promised. */
  get isBelieved(): boolean {
    return this.#isBelieved
  }

  mayCome(node: NodeId): boolean {
    return this.#lying.has(node)
  }

  of(node: NodeId): boolean {
    return this.#forgotten.has(node)
  }

  /** Who begins anew has promised nothing yet. */
  begunAnew(node: NodeId): void {
    this.#forgotten.delete(node)
  }

  /** True if it is not what it was. */
  restored({
    node,
    former,
    log,
  }: {
    readonly node: NodeId
    readonly former: KnownLog
    readonly log: KnownLog
  }): boolean {
    if (!this.#lying.has(node)) return false
    this.#toldAnew.delete(node)
    const earlier = this.#forgotten.get(node)
    const forgotten = earlier ?? { last: former.last, hard: former.hard }
    if (knows(log, forgotten)) this.#forgotten.delete(node)
    else this.#forgotten.set(node, forgotten)
    return !knows(log, forgotten)
  }

  /** What it is told anew it knows again. */
  kept(node: NodeId, log: KnownLog): void {
    const forgotten = this.#forgotten.get(node)
    if (forgotten !== undefined && knows(log, forgotten)) this.#toldAnew.add(node)
  }

  /** For itself or for another. */
  voted(node: NodeId): void {
    if (this.#forgotten.has(node)) this.#isBelieved = true
  }

  /** Ends the moment. */
  hear(sent: readonly Envelope<RaftWords>[]): void {
    if (this.#forgotten.size === 0) return
    this.#believe(sent)
    for (const node of this.#toldAnew) this.#forgotten.delete(node)
    this.#toldAnew.clear()
  }

  #believe(sent: readonly Envelope<RaftWords>[]): void {
    for (const { from, message } of sent) {
      const forgotten = this.#forgotten.get(from)
      if (forgotten === undefined) continue
      if (message.kind === 'vote' && message.isGranted) this.#isBelieved = true
      const isAnswer = message.kind === 'heartbeat-answer' || message.kind === 'append-answer'
      if (isAnswer && message.term < forgotten.hard.term) this.#isBelieved = true
    }
  }
}

function knows(log: KnownLog, { last, hard }: Forgotten): boolean {
  const { term, votedFor } = log.hard
  const knowsVote = term > hard.term || (term === hard.term && votedFor === hard.votedFor)
  return knowsVote && log.holds(last)
}
