import { type FaultRules, noFaults } from '#contract/worker/faults'
import type { NodePlan } from '#contract/worker/protocol'
import type { TraceWhat } from '#contract/worker/trace'
import { LamportClock } from '#cores/clocks/lamport'
import { decodeRaftMessage } from '#cores/raft/codec'
import type { RaftMessage } from '#cores/raft/messages'
import { registers } from '#cores/registers/registers'
import { clusterId, type NodeId } from '#kit/ids'
import { fail } from '#kit/result'
import type { Clock } from '#ports/clock'
import { type Store, StoreFailure } from '#ports/store'
import { decodeEnvelope } from '#roles/envelope'
import { replicatedPeer } from '#roles/replicated-peer'
import type { RunningRole } from '#roles/role'
import type { NodeHands, Program } from '../../subject.ts'
import { virtualPaper } from '../../virtual-paper.ts'
import { VirtualSecrets } from '../../virtual-secrets.ts'
import { VirtualWire } from '../../virtual-wire.ts'
import { timingOf } from '../raft/timing.ts'
import { Later } from './later.ts'
import type { ReplicaParts } from './parts.ts'
import { membersIn } from './settings.ts'
import type { ReplicaView, ReplicaWords } from './words.ts'

const startPeer = replicatedPeer(registers)
/** A worker that could not start is tried again by its supervisor. */
const ticksBetweenStarts = 25

/** A member of the group as a worker runs it: pump, codecs, storage, sessions and service, on virtual ports. */
export class Member implements Program<ReplicaWords> {
  readonly #hands: NodeHands<ReplicaWords>
  readonly #parts: ReplicaParts
  readonly #wire: VirtualWire
  #later = new Later()
  readonly #lamport = new LamportClock()
  #store: Store
  #wasSetAside: boolean
  #role: RunningRole | null = null
  #rules: FaultRules = noFaults
  #ticksToStart = 0

  constructor(hands: NodeHands<ReplicaWords>, parts: ReplicaParts) {
    this.#hands = hands
    this.#parts = parts
    this.#wasSetAside = hands.damage === 'found' || hands.setAsideCount > 0
    this.#store = hands.damage === 'found' ? hands.setAside() : hands.store
    this.#wire = new VirtualWire({
      peers: hands.scenario.nodes.filter((node) => node !== hands.id),
      carry: (to, bytes) => hands.send(to, { bytes, raft: raftIn(bytes) }),
      onDrop: () => {},
      nowMs: () => hands.clock.now(),
    })
    this.#start()
    hands.clock.every(hands.scenario.tickMs, () => this.#tick())
  }

  get view(): ReplicaView {
    const { id } = this.#hands
    const facts = this.#role?.facts()
    const { leadership, log } = facts ?? {}
    if (!leadership || leadership.leadership === 'none')
      return { id, role: 'down', term: 0, leader: null, incarnation: 0, appliedIndex: 0, isDone: false }
    const { leadership: role, term, leader, incarnation } = leadership
    return { id, role, term, leader, incarnation, appliedIndex: log?.appliedIndex ?? 0, isDone: false }
  }

  receive(from: NodeId, { bytes }: ReplicaWords['message']): void {
    this.#live(() => this.#wire.deliver(from, bytes))
  }

  setFaults(rules: FaultRules): void {
    this.#rules = rules
    this.#live(() => this.#role?.setFaults(rules))
  }

  #tick(): void {
    if (this.#role !== null) return
    this.#ticksToStart -= 1
    if (this.#ticksToStart <= 0) this.#start()
  }

  /** The worker ends with what its store throws, and what it was in the middle of is lost. */
  #live(work: () => void): void {
    try {
      work()
      this.#later.finish()
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error
      this.#end(error)
    }
  }

  #end({ code }: StoreFailure): void {
    this.#role?.stop()
    this.#role = null
    // What it had put off ends with it.
    this.#later = new Later()
    this.#ticksToStart = ticksBetweenStarts
    if (code !== 'store-damaged') return
    this.#store = this.#hands.setAside()
    this.#wasSetAside = true
  }

  #start(): void {
    const hands = this.#hands
    this.#live(() => {
      this.#role = startPeer(planOf(hands), {
        clock: this.#guardedClock(),
        wire: this.#wire,
        store: this.#parts.storeFront(this.#store),
        storeHistory: this.#wasSetAside ? 'damaged' : 'kept',
        queries: { tables: () => [], rows: () => fail('unknown-table', 'nobody looks into a virtual node') },
        endpoint: null,
        secrets: new VirtualSecrets(hands.id),
        paper: virtualPaper,
        trace: { note: (what) => this.#note(what) },
        lamport: this.#lamport,
        random: hands.random.fork(`role ${hands.clock.now()}`),
        log: () => {},
        soon: this.#later.soon,
        onChange: () => {},
      })
      this.#role.setFaults(this.#rules)
    })
  }

  /** What a beat throws ends the worker as well. */
  #guardedClock(): Clock {
    const { clock } = this.#hands
    const guarded = (work: () => void) => () => this.#live(work)
    return {
      now: () => clock.now(),
      wall: () => clock.wall(),
      every: (everyMs, work) => clock.every(everyMs, guarded(work)),
      after: (delayMs, work) => clock.after(delayMs, guarded(work)),
    }
  }

  #note(what: TraceWhat): void {
    if (what.kind === 'anomaly') this.#hands.anomaly(what.detail)
    if (what.kind === 'dropped' && what.why === 'malformed') this.#hands.anomaly('a peer sent what is no message')
    if (what.kind === 'began-anew') this.#hands.note({ kind: 'began-anew' })
    if (what.kind === 'role-changed') this.#hands.note({ kind: 'role-changed', to: what.to, term: what.term })
  }
}

const ear = new LamportClock()

function raftIn(bytes: Uint8Array): RaftMessage | null {
  const envelope = decodeEnvelope(bytes, ear)
  return envelope === null ? null : decodeRaftMessage(envelope.body)
}

function planOf({ id, scenario, hasRun }: NodeHands<ReplicaWords>): NodePlan {
  const { electionTicksLongest: _, ...ticks } = timingOf(scenario.settings)
  const { members, clients } = membersIn(scenario)
  const nowhere = { host: 'virtual', port: 0 }
  const address = (nodeId: NodeId) => ({ nodeId, ...nowhere, publicKey: '' })
  return {
    lab: 'virtual',
    clusterId: clusterId('virtual'),
    nodeId: id,
    role: 'register-peer',
    dataDir: '',
    wire: { ...nowhere, keys: { publicKey: '', secretKey: '' } },
    http: null,
    peers: members.filter((node) => node !== id).map(address),
    clients: clients.map(address),
    timing: { tickMs: scenario.tickMs, ...ticks },
    group: { founders: members, hasRun, favourites: [], favouriteWaitTicks: 100 },
    faults: noFaults,
  }
}
