import { noFaults } from '#contract/worker/faults'
import type { NodePlan } from '#contract/worker/protocol'
import { LamportClock } from '#cores/clocks/lamport'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { fail } from '#kit/result'
import { VirtualClock } from '#sim/virtual-clock'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { VirtualWire } from '#sim/virtual-wire'
import type { NodePorts } from '../role.ts'
import { FakeTrace, Later } from './fake-ports.ts'

export const tickMs = 25
const stepMs = 5

/** A machine without any role: virtual ports, and a disk that outlives what runs on them. */
export class VirtualHost {
  readonly id: NodeId
  readonly clock = new VirtualClock(0, 1_700_000_000_000)
  readonly lamport = new LamportClock()
  readonly trace = new FakeTrace()
  readonly later = new Later()
  readonly wire: VirtualWire
  #disk = new VirtualDisk()
  #lives = 0

  constructor(id: NodeId, peers: readonly NodeId[], carry: (to: NodeId, bytes: Uint8Array) => void) {
    this.id = id
    this.wire = new VirtualWire({
      peers,
      carry: (to, bytes) => {
        carry(to, bytes)
        return null
      },
      onDrop: () => {},
      nowMs: () => this.clock.now(),
    })
  }

  get disk(): VirtualDisk {
    return this.#disk
  }

  loseDisk(): void {
    this.#disk = new VirtualDisk()
  }

  /** For one life of what runs here. */
  ports(): NodePorts {
    this.#lives += 1
    return {
      clock: this.clock,
      wire: this.wire,
      store: new VirtualStore(this.#disk),
      storeHistory: 'kept',
      queries: { tables: () => [], rows: () => fail('unknown-table', 'nobody looks into a virtual host') },
      trace: this.trace,
      lamport: this.lamport,
      random: new Random(`${this.id} life ${this.#lives}`),
      log: () => {},
      soon: this.later.soon,
      onChange: () => {},
    }
  }
}

/** Hosts that hear each other at once, unless the link is cut. */
export class VirtualHosts {
  readonly hosts: ReadonlyMap<NodeId, VirtualHost>
  readonly ids: readonly NodeId[]
  /** `from>to` */
  readonly cut = new Set<string>()
  #underWay: { readonly from: NodeId; readonly to: NodeId; readonly bytes: Uint8Array }[] = []

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
      for (const { clock, later } of this.hosts.values()) {
        clock.advanceTo(clock.now() + stepMs)
        later.run()
      }
      this.deliver()
    }
  }

  /** Until nobody says anything any more, without any time going by. */
  deliver(): void {
    while (this.#underWay.length > 0) {
      for (const { from, to, bytes } of this.#underWay.splice(0)) this.host(to).wire.deliver(from, bytes)
      for (const { later } of this.hosts.values()) later.run()
    }
  }

  until(claim: () => boolean, withinMs = 20_000): void {
    for (let ms = 0; !claim(); ms += stepMs) {
      if (ms > withinMs) throw new Error('it did not come about')
      this.run(stepMs)
    }
  }

  #makeHost(id: NodeId): VirtualHost {
    const peers = this.ids.filter((other) => other !== id)
    return new VirtualHost(id, peers, (to, bytes) => {
      if (!this.cut.has(`${id}>${to}`)) this.#underWay.push({ from: id, to, bytes })
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
    peers: members.filter((id) => id !== self).map((id) => ({ nodeId: id, ...nowhere, publicKey: '' })),
    clients: [],
    timing: { tickMs, heartbeatTicks: 2, electionTicksMin: 8, electionTicksSpread: 12 },
    group: { founders: members, hasRun: false, favourites: [], favouriteWaitTicks: 200 },
    faults: noFaults,
  }
}
