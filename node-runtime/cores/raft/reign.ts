import type { NodeId } from '#kit/ids'
import type { RaftConfig, RaftEnvelope, RaftMessage } from './messages.ts'
import { majorityOf } from './quorum.ts'

/** What a leader keeps while it leads: who answered lately, and when it must speak again. */
export class Reign {
  readonly #config: RaftConfig
  readonly #ticksSilent = new Map<NodeId, number>()
  #ticksToHeartbeat = 0

  /** One list for the whole reign: a leader says the same to everybody, many times a second. */
  readonly heartbeats: readonly RaftEnvelope[]

  constructor(config: RaftConfig, peers: readonly NodeId[], term: number) {
    this.#config = config
    const message: RaftMessage = { kind: 'heartbeat', term }
    this.heartbeats = peers.map((to) => ({ to, message }))
    // Everyone starts as present: those who voted are, and the others are owed the time to answer.
    for (const peer of peers) this.#ticksSilent.set(peer, 0)
  }

  heard(peer: NodeId): void {
    if (this.#ticksSilent.has(peer)) this.#ticksSilent.set(peer, 0)
  }

  /** How many members answered within the minimum election timeout, the leader itself among them. */
  get presentCount(): number {
    let count = 1
    for (const ticks of this.#ticksSilent.values()) if (ticks < this.#config.electionTicksMin) count += 1
    return count
  }

  tick(): 'quiet' | 'heartbeat-due' | 'majority-lost' {
    for (const [peer, ticks] of this.#ticksSilent) this.#ticksSilent.set(peer, ticks + 1)
    if (this.presentCount < majorityOf(this.#config.members.length)) return 'majority-lost'
    this.#ticksToHeartbeat -= 1
    return this.#ticksToHeartbeat > 0 ? 'quiet' : 'heartbeat-due'
  }

  spoke(): void {
    this.#ticksToHeartbeat = this.#config.heartbeatTicks
  }
}
