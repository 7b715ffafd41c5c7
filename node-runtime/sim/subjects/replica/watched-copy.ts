import type { FaultRules } from '#contract/worker/faults'
import type { TraceWhat } from '#contract/worker/trace'
import type { NodeId } from '#kit/ids'
import type { StateMachine } from '#kit/state-machine'
import type { Replica } from '#roles/replica/replica'
import { type ReplicatedMember, systemPeer } from '#roles/replicated-peer'
import type { NodeHands, Words } from '../../subject.ts'
import { VirtualSecrets } from '../../virtual-secrets.ts'
import { RoleOnNode } from './role-on-node.ts'
import type { Leadership } from './words.ts'

const wallZeroMs = 1_795_225_120_000
/** All rows are looked at in one of so many states, and in calm at each that stands for a while. */
const dumpedOneOf = 8
const calmTicks = 20

/** What happens to a copy, whatever it is of. */
export type CopyNote =
  | { readonly kind: 'role-changed'; readonly to: string }
  | { readonly kind: 'log-cut' | 'snapshot-began' | 'snapshot-installed' | 'began-anew' }

export interface CopyParts {
  /** One for each life. `wallMs`: what no machine should look at. */
  readonly machineOf: (world: { readonly wallMs: () => number }) => StateMachine
  readonly note: (note: CopyNote) => void
  /** It goes further. `isAnew`: after a start, or where the copy is another one, nothing of it was told yet. */
  readonly grew: (replica: Replica, isAnew: boolean) => void
  /** All its rows are to be looked at. */
  readonly dump: (replica: Replica) => void
}

interface Standing {
  readonly role: Leadership
  readonly leader: NodeId | null
  readonly incarnation: number
  readonly appliedIndex: number
}

interface TellingOf {
  readonly replica: Replica
  readonly incarnation: number
  readonly appliedIndex: number
}

/** A node's copy of a replicated state as a worker runs it, and an observer who sees what it holds. */
export class WatchedCopy<W extends Words & { readonly message: { readonly bytes: Uint8Array } }> {
  readonly #hands: NodeHands<W>
  readonly #parts: CopyParts
  readonly #node: RoleOnNode<W>
  #replica: Replica | null = null
  #told: TellingOf | null = null
  #dumped = ''

  constructor(hands: NodeHands<W>, parts: CopyParts) {
    this.#hands = hands
    this.#parts = parts
    const wallMs = () => wallZeroMs + hands.clock.wall()
    this.#node = new RoleOnNode(hands, {
      start: (workerPlan, ports) => {
        this.#replica = null
        const start = systemPeer(() => ({
          machine: parts.machineOf({ wallMs }),
          serve: (member) => this.#serve(member),
        }))
        return start(workerPlan, ports)
      },
      role: 'register-peer',
      secrets: new VirtualSecrets(hands.id),
      storeFront: (store) => store,
      carry: (to, bytes) => hands.send(to, { bytes }),
      note: (what) => this.#note(what),
      wallZeroMs,
    })
    hands.clock.every(hands.scenario.tickMs, () => this.#node.live(() => this.#tick()))
  }

  /**
   * null: it could not start, or knows nothing yet. Whoever reports of a role reads its state, and what its disk says to
   * that ends the role as well.
   */
  shown<Seen>(look: (replica: Replica) => Seen): (Standing & Seen) | null {
    let shown: (Standing & Seen) | null = null
    this.#node.live(() => {
      const leadership = this.#node.role?.facts().leadership
      const replica = this.#replica
      if (replica === null || !leadership || leadership.leadership === 'none') return
      const { leadership: role, leader, incarnation } = leadership
      shown = { role, leader, incarnation, appliedIndex: replica.appliedIndex, ...look(replica) }
    })
    return shown
  }

  receive(from: NodeId, { bytes }: W['message']): void {
    this.#node.deliver(from, bytes)
  }

  setFaults(rules: FaultRules): void {
    this.#node.setFaults(rules)
  }

  #serve({ replica }: ReplicatedMember) {
    this.#replica = replica
    return {
      tick: () => {},
      pause: () => {},
      facts: { notary: null, chat: null, shop: null, anomalies: 0 },
      answer: () => {},
      stop: () => {},
    }
  }

  #tick(): void {
    const replica = this.#node.role === null ? null : this.#replica
    if (replica === null) return
    this.#tellOfGrowth(replica)
    this.#dump(replica)
  }

  #tellOfGrowth(replica: Replica): void {
    const { incarnation } = replica.view
    const { appliedIndex } = replica
    const told = this.#told
    const isSame = told?.replica === replica && told.incarnation === incarnation && told.appliedIndex <= appliedIndex
    if (isSame && told.appliedIndex === appliedIndex) return
    this.#parts.grew(replica, !isSame)
    this.#told = { replica, incarnation, appliedIndex }
  }

  #dump(replica: Replica): void {
    const { clock, scenario, random } = this.#hands
    const state = `${replica.view.incarnation} ${replica.appliedIndex}`
    if (this.#dumped === state) return
    const tick = clock.now() / scenario.tickMs
    const isCalm = tick >= scenario.ticksOfTrouble
    // Drawn of the state alone, so that the same states are looked at on all nodes.
    const isDue = isCalm ? tick % calmTicks === 0 : random.fork(`dump ${replica.appliedIndex}`).chance(1, dumpedOneOf)
    if (!isDue) return
    this.#dumped = state
    this.#parts.dump(replica)
  }

  #note(what: TraceWhat): void {
    if (what.kind === 'anomaly') this.#hands.anomaly(what.detail)
    if (what.kind === 'dropped' && what.why === 'malformed') this.#hands.anomaly('a node sent what is no message')
    if (what.kind === 'role-changed') this.#parts.note({ kind: 'role-changed', to: what.to })
    const { kind } = what
    if (kind === 'log-cut' || kind === 'snapshot-began' || kind === 'snapshot-installed' || kind === 'began-anew') {
      this.#parts.note({ kind })
    }
  }
}
