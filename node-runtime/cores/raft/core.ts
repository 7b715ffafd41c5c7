import { assert, unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { Election } from './election.ts'
import type { HardState, RaftConfig, RaftInput, RaftOutput, RaftView } from './messages.ts'
import { StepOutput } from './step-output.ts'

/** One member of a raft group as a machine of values: no clock, no socket, no disk. */
export class RaftCore {
  readonly #peers: ReadonlySet<NodeId>
  readonly #out = new StepOutput()
  readonly #election: Election
  /** The last output had something to write, and nobody has said yet that it was written. */
  #isWriteOpen = false

  constructor(config: RaftConfig, restored: HardState | null, random: Random) {
    const members = new Set(config.members)
    assert(members.size === config.members.length, 'a member is named once')
    assert(members.delete(config.id), 'a node is a member of its own group')
    // A leader must be able to speak more often than others lose patience, or no reign would outlast a timeout.
    assert(config.heartbeatTicks >= 1 && config.heartbeatTicks < config.electionTicksMin, 'heartbeats are the faster')
    assert(config.electionTicksSpread >= 1, 'a timeout is drawn from at least one length')
    assert(restored === null || restored.term >= 0, 'the term on disk')
    this.#peers = members
    this.#election = new Election(config, restored, { random, out: this.#out })
  }

  get view(): RaftView {
    return this.#election.view
  }

  step(input: RaftInput): RaftOutput {
    // Being given anything but a refusal says that what came before was performed.
    if (input.kind !== 'cannot-write' || !this.#isWriteOpen) this.#election.settle()
    switch (input.kind) {
      case 'tick':
        this.#election.tick()
        break
      case 'message':
        if (this.#peers.has(input.from)) this.#election.receive(input.from, input.message)
        else this.#out.anomaly(`${input.message.kind} from ${input.from}, who is no peer`)
        break
      case 'cannot-write':
        this.#election.cannotWrite()
        break
      case 'can-write':
        this.#election.canWrite()
        break
      default:
        unreachable(input)
    }
    const output = this.#out.take()
    this.#isWriteOpen = output.persist !== null
    return output
  }
}
