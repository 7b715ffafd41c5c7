import { noFaults } from '#contract/worker/faults'
import type { NodePlan } from '#contract/worker/protocol'
import { LamportClock } from '#cores/clocks/lamport'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { fail } from '#kit/result'
import { noSockets } from '#ports/sockets'
import type { Store } from '#ports/store'
import { VirtualClock } from '#sim/virtual-clock'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualEndpoint } from '#sim/virtual-endpoint'
import { virtualPaper } from '#sim/virtual-paper'
import { VirtualSecrets } from '#sim/virtual-secrets'
import { VirtualStore } from '#sim/virtual-store'
import { VirtualTextIndex } from '#sim/virtual-text-index'
import { VirtualWire } from '#sim/virtual-wire'
import type { NodePorts } from '../role.ts'
import { FakeTrace, Later } from './fake-ports.ts'

export const tickMs = 25
const stepMs = 5

/** Thrown through what runs on a host when its power goes in a transaction. */
export class PowerGone extends Error {
  override name = 'PowerGone'
}

/** What ends with the power. */
interface Life {
  readonly clock: VirtualClock
  readonly lamport: LamportClock
  readonly later: Later
  readonly wire: VirtualWire
  readonly endpoint: VirtualEndpoint
}

/** A machine without any role: virtual ports, and a disk that outlives what runs on them. */
export class VirtualHost {
  readonly id: NodeId
  readonly trace = new FakeTrace()
  /** The power goes at the end of a transaction, or just before that. */
  blink: { transactionsLeft: number; readonly isKept: boolean } | null = null
  readonly #peers: readonly NodeId[]
  readonly #carry: (to: NodeId, bytes: Uint8Array) => void
  #disk = new VirtualDisk()
  #disks = 1
  #secrets: VirtualSecrets
  #texts = new VirtualTextIndex()
  #life: Life
  #runs = 0

  constructor(id: NodeId, peers: readonly NodeId[], carry: (to: NodeId, bytes: Uint8Array) => void) {
    this.id = id
    this.#peers = peers
    this.#carry = carry
    this.#secrets = this.#makeSecrets()
    this.#life = this.#begin(0)
  }

  get disk(): VirtualDisk {
    return this.#disk
  }

  get clock(): VirtualClock {
    return this.#life.clock
  }

  get lamport(): LamportClock {
    return this.#life.lamport
  }

  get later(): Later {
    return this.#life.later
  }

  get wire(): VirtualWire {
    return this.#life.wire
  }

  /** Where strangers ask what runs here. */
  get endpoint(): VirtualEndpoint {
    return this.#life.endpoint
  }

  get secrets(): VirtualSecrets {
    return this.#secrets
  }

  loseDisk(): void {
    this.#disk = new VirtualDisk()
    this.#disks += 1
    this.#texts = new VirtualTextIndex()
    this.#secrets = this.#makeSecrets()
  }

  /** The power goes. What ran here stands still for ever, and nobody hears it. */
  crash(): void {
    this.#life = this.#begin(this.clock.now())
  }

  /** For one run of a role. */
  ports(): NodePorts {
    this.#runs += 1
    return {
      clock: this.clock,
      wire: this.wire,
      store: this.#store(),
      storeHistory: 'kept',
      queries: { tables: () => [], rows: () => fail('unknown-table', 'nobody looks into a virtual host') },
      texts: this.#texts,
      endpoint: this.endpoint,
      secrets: this.secrets,
      ring: null,
      sockets: noSockets,
      paper: virtualPaper,
      trace: this.trace,
      lamport: this.lamport,
      random: new Random(`${this.id} run ${this.#runs}`),
      log: () => {},
      soon: this.later.soon,
      onChange: () => {},
    }
  }

  /** As the disk gives it, unless the power goes in a transaction. */
  #store(): Store {
    const store = new VirtualStore(this.#disk)
    return {
      view: () => store.view(),
      close: () => store.close(),
      transaction: (work) => {
        const { blink } = this
        if (blink !== null) blink.transactionsLeft -= 1
        if (blink?.transactionsLeft !== 0) return store.transaction(work)
        this.blink = null
        if (blink.isKept) store.transaction(work)
        throw new PowerGone()
      },
    }
  }

  #makeSecrets(): VirtualSecrets {
    return new VirtualSecrets(`${this.id} disk ${this.#disks}`, () => this.#disk.isFull)
  }

  #begin(nowMs: number): Life {
    const clock = new VirtualClock(nowMs, 1_700_000_000_000)
    const wire: VirtualWire = new VirtualWire({
      peers: this.#peers,
      carry: (to, bytes) => {
        if (this.#life.wire === wire) this.#carry(to, bytes)
        return null
      },
      onDrop: () => {},
      nowMs: () => clock.now(),
    })
    return { clock, lamport: new LamportClock(), later: new Later(), wire, endpoint: new VirtualEndpoint(clock) }
  }
}

interface Travelling {
  readonly from: NodeId
  readonly to: NodeId
  readonly bytes: Uint8Array
  readonly dueMs: number
}

/** Hosts that hear each other at once, unless the link is cut. */
export class VirtualHosts {
  readonly hosts: ReadonlyMap<NodeId, VirtualHost>
  readonly ids: readonly NodeId[]
  /** `from>to` */
  readonly cut = new Set<string>()
  /** How long the next message is under way. */
  latencyMs: () => number = () => 0
  /** A host may die of what runs on it. */
  died: (host: VirtualHost, cause: unknown) => void = (_, cause) => {
    throw cause
  }
  #underWay: Travelling[] = []
  #nowMs = 0

  constructor(names: readonly string[]) {
    this.ids = names.map(nodeId)
    this.hosts = new Map(this.ids.map((id) => [id, this.#makeHost(id)]))
  }

  host(id: NodeId): VirtualHost {
    const host = this.hosts.get(id)
    if (host === undefined) throw new Error(`no host ${id}`)
    return host
  }

  isolate(id: NodeId): void {
    for (const other of this.ids) for (const link of [`${id}>${other}`, `${other}>${id}`]) this.cut.add(link)
  }

  /** Lets time pass, and all that falls due in it happen. */
  run(ms: number): void {
    for (let step = 0; step < ms / stepMs; step += 1) {
      this.#nowMs += stepMs
      for (const host of this.hosts.values()) this.live(host, () => host.clock.advanceTo(this.#nowMs))
      this.deliver()
    }
  }

  /** Until nobody says anything any more that arrives by now. */
  deliver(): void {
    for (;;) {
      const due = this.#underWay.filter(({ dueMs }) => dueMs <= this.#nowMs)
      if (due.length === 0) return
      this.#underWay = this.#underWay.filter(({ dueMs }) => dueMs > this.#nowMs)
      for (const { from, to, bytes } of due) {
        const host = this.host(to)
        this.live(host, () => host.wire.deliver(from, bytes))
      }
    }
  }

  until(claim: () => boolean, withinMs = 20_000): void {
    for (let ms = 0; !claim(); ms += stepMs) {
      if (ms > withinMs) throw new Error('it did not come about')
      this.run(stepMs)
    }
  }

  /** Whatever is done to a host from outside. */
  live(host: VirtualHost, work: () => void): void {
    try {
      work()
      host.later.run()
    } catch (cause) {
      this.died(host, cause)
    }
  }

  #makeHost(id: NodeId): VirtualHost {
    const peers = this.ids.filter((other) => other !== id)
    return new VirtualHost(id, peers, (to, bytes) => {
      if (this.cut.has(`${id}>${to}`)) return
      this.#underWay.push({ from: id, to, bytes, dueMs: this.#nowMs + this.latencyMs() })
    })
  }
}

/** What a member of a virtual group is told. */
export function virtualPlan(self: NodeId, members: readonly NodeId[]): NodePlan {
  const nowhere = { host: 'virtual', port: 0 }
  return {
    lab: 'virtual',
    clusterId: clusterId('virtual'),
    nodeId: self,
    role: 'register-peer',
    dataDir: '',
    wire: { ...nowhere, keys: { publicKey: '', secretKey: '' } },
    http: null,
    peers: members.filter((id) => id !== self).map((id) => ({ nodeId: id, ...nowhere, publicKey: '' })),
    clients: [],
    timing: { tickMs, heartbeatTicks: 2, electionTicksMin: 8, electionTicksSpread: 12 },
    ring: null,
    sockets: [],
    chat: null,
    shop: null,
    group: { founders: members, hasRun: false, favourites: [], favouriteWaitTicks: 200 },
    faults: noFaults,
  }
}
