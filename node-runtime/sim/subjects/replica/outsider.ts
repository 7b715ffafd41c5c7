import type { DropWhy } from '#contract/worker/trace'
import { LamportClock } from '#cores/clocks/lamport'
import type { NodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'
import { Post } from '#roles/post'
import { LogClient } from '#roles/replica/log-client'
import type { NodeHands, Words } from '../../subject.ts'
import { VirtualWire } from '../../virtual-wire.ts'
import { Later } from './later.ts'
import { membersIn } from './settings.ts'

/** What any client of a group has: a wire to its members, and their log to ask. */
export class Outsider<W extends Words> {
  readonly log: LogClient
  /** Of this node, no two have the same number. */
  readonly life: number
  readonly later = new Later()
  /** Its beats end as every callback does. */
  readonly clock: Clock
  readonly #wire: VirtualWire

  constructor({ id, clock, scenario }: NodeHands<W>, carry: (to: NodeId, bytes: Uint8Array) => DropWhy | null) {
    const { members: peers } = membersIn(scenario)
    const wire = new VirtualWire({ peers, carry, onDrop: () => {}, nowMs: () => clock.now() })
    this.#wire = wire
    this.clock = this.later.clockOf(clock)
    this.life = Math.floor(clock.now() / scenario.tickMs) + 1
    const ports = { wire, clock: this.clock, trace: { note: () => {} } }
    const post = new Post({ id, life: this.life, lamport: new LamportClock(), ports })
    wire.listen((from, bytes) => post.receive(from, bytes))
    const { patienceMs: answerWithinMs = 3_000 } = scenario.settings
    this.log = new LogClient({ post, clock: this.clock, wire, peers, soon: this.later.soon, answerWithinMs })
  }

  receive(from: NodeId, bytes: Uint8Array): void {
    this.#wire.deliver(from, bytes)
    this.later.finish()
  }
}
