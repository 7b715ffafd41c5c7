import { type FaultRules, noFaults } from '#contract/worker/faults'
import type { NodePlan } from '#contract/worker/protocol'
import type { DropWhy, TraceWhat } from '#contract/worker/trace'
import { LamportClock } from '#cores/clocks/lamport'
import { clusterId, type NodeId } from '#kit/ids'
import { fail } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { Secrets } from '#ports/secrets'
import { noSockets } from '#ports/sockets'
import { type Store, StoreFailure } from '#ports/store'
import type { RoleStart, RunningRole } from '#roles/role'
import type { NodeHands, Words } from '../../subject.ts'
import { virtualPaper } from '../../virtual-paper.ts'
import { VirtualTextIndex } from '../../virtual-text-index.ts'
import { VirtualWire } from '../../virtual-wire.ts'
import { timingOf } from '../raft/timing.ts'
import { Later } from './later.ts'
import { membersIn } from './settings.ts'

export interface RoleOnNodeParts {
  readonly start: RoleStart
  readonly role: NodePlan['role']
  readonly secrets: Secrets
  /** Stands between the role and its disk. */
  readonly storeFront: (store: Store) => Store
  readonly carry: (to: NodeId, bytes: Uint8Array) => DropWhy | null
  readonly note: (what: TraceWhat) => void
  /** What its clock says when all begins. */
  readonly wallZeroMs: number
}

/** A worker that could not start is tried again by its supervisor. */
const ticksBetweenStarts = 25

/** A role as a worker runs it, on virtual ports: it ends with what its store throws, and is started again. */
export class RoleOnNode<W extends Words> {
  readonly #hands: NodeHands<W>
  readonly #parts: RoleOnNodeParts
  /** One for each start: a role that has ended hears nothing, though it takes its ears back only bit by bit. */
  #wire: VirtualWire
  #later = new Later()
  readonly #lamport = new LamportClock()
  #store: Store
  #wasSetAside: boolean
  #role: RunningRole | null = null
  #rules: FaultRules = noFaults
  #ticksToStart = 0

  constructor(hands: NodeHands<W>, parts: RoleOnNodeParts) {
    this.#hands = hands
    this.#parts = parts
    this.#wasSetAside = hands.damage === 'found' || hands.setAsideCount > 0
    this.#store = hands.damage === 'found' ? hands.setAside() : hands.store
    this.#wire = this.#makeWire()
    this.#start()
    hands.clock.every(hands.scenario.tickMs, () => this.#tick())
  }

  /** null: it could not start, and is started again soon. */
  get role(): RunningRole | null {
    return this.#role
  }

  deliver(from: NodeId, bytes: Uint8Array): void {
    this.live(() => this.#wire.deliver(from, bytes))
  }

  setFaults(rules: FaultRules): void {
    this.#rules = rules
    this.live(() => this.#role?.setFaults(rules))
  }

  /** The worker ends with what its store throws, and what it was in the middle of is lost. */
  live(work: () => void): void {
    try {
      work()
      this.#later.finish()
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error
      this.#end(error)
    }
  }

  #tick(): void {
    if (this.#role !== null) return
    this.#ticksToStart -= 1
    if (this.#ticksToStart <= 0) this.#start()
  }

  #end({ code }: StoreFailure): void {
    this.#role?.stop()
    this.#role = null
    // What it had put off ends with it.
    this.#later = new Later()
    this.#wire = this.#makeWire()
    this.#ticksToStart = ticksBetweenStarts
    if (code !== 'store-damaged') return
    this.#store = this.#hands.setAside()
    this.#wasSetAside = true
  }

  #start(): void {
    const { id, clock, random } = this.#hands
    const { start, role, secrets, storeFront, note } = this.#parts
    this.live(() => {
      this.#role = start(planOf(this.#hands, role), {
        clock: this.#guardedClock(),
        wire: this.#wire,
        store: storeFront(this.#store),
        storeHistory: this.#wasSetAside ? 'damaged' : 'kept',
        queries: { tables: () => [], rows: () => fail('unknown-table', `nobody looks into ${id}`) },
        endpoint: null,
        secrets,
        ring: null,
        sockets: noSockets,
        texts: new VirtualTextIndex(),
        paper: virtualPaper,
        trace: { note },
        lamport: this.#lamport,
        random: random.fork(`role ${clock.now()}`),
        log: () => {},
        soon: this.#later.soon,
        onChange: () => {},
      })
      this.#role.setFaults(this.#rules)
    })
  }

  #makeWire(): VirtualWire {
    const { id, scenario, clock } = this.#hands
    return new VirtualWire({
      peers: scenario.nodes.filter((node) => node !== id),
      carry: this.#parts.carry,
      onDrop: () => {},
      nowMs: () => clock.now(),
    })
  }

  /** What a beat throws ends the worker as well. */
  #guardedClock(): Clock {
    const { clock } = this.#hands
    const guarded = (work: () => void) => () => this.live(work)
    return {
      now: () => clock.now(),
      wall: () => this.#parts.wallZeroMs + clock.wall(),
      every: (everyMs, work) => clock.every(everyMs, guarded(work)),
      after: (delayMs, work) => clock.after(delayMs, guarded(work)),
    }
  }
}

function planOf<W extends Words>({ id, scenario, hasRun }: NodeHands<W>, role: NodePlan['role']): NodePlan {
  const { electionTicksLongest: _, ...ticks } = timingOf(scenario.settings)
  const { members, clients } = membersIn(scenario)
  const nowhere = { host: 'virtual', port: 0 }
  const address = (nodeId: NodeId) => ({ nodeId, ...nowhere, publicKey: '' })
  return {
    lab: 'virtual',
    clusterId: clusterId('virtual'),
    nodeId: id,
    role,
    dataDir: '',
    wire: { ...nowhere, keys: { publicKey: '', secretKey: '' } },
    http: null,
    peers: members.filter((node) => node !== id).map(address),
    clients: clients.map(address),
    timing: { tickMs: scenario.tickMs, ...ticks },
    ring: null,
    sockets: [],
    chat: null,
    shop: null,
    group: { founders: members, hasRun, favourites: [], favouriteWaitTicks: 100 },
    faults: noFaults,
  }
}
