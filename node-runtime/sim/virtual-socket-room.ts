import type { SocketAddress, SocketPlan } from '#contract/worker/sockets'
import { assert } from '#kit/assert'
import { type NodeId, nodeId } from '#kit/ids'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import { type Sockets, socketLimits } from '#ports/sockets'
import {
  isSame,
  type Life,
  type PlanOf,
  VirtualAsker,
  VirtualDealer,
  VirtualForwarder,
  VirtualPublisher,
  VirtualRouter,
  type VirtualSocket,
  VirtualSubscriber,
} from './virtual-sockets.ts'

export interface SocketRoomParts {
  readonly clock: Pick<Clock, 'now' | 'after'>
  /** How long a message is under way; one is never overtaken by a later one of the same pair. */
  readonly delayMs?: (from: NodeId, to: NodeId) => number
  readonly isLost?: (from: NodeId, to: NodeId) => boolean
}

export interface SocketHolder {
  readonly nodeId: NodeId
  readonly plans: readonly SocketPlan[]
  /** Whether its keys are of the lab. */
  readonly isOfLab: boolean
}

/** Of programs that only serve, and of anybody else who is no node. */
const someProgram = nodeId('some-program')

interface Server {
  readonly at: SocketAddress
  readonly answer: (request: string) => string
}

/**
 * Where virtual sockets meet: addresses, connections and what is under way, moved by whoever moves the clock. Nothing is
 * sealed here: whose keys are of the lab is simply known.
 */
export class VirtualSocketRoom {
  readonly #parts: SocketRoomParts
  readonly #lives = new Map<NodeId, Life>()
  readonly #dueMs = new Map<string, number>()
  #servers: readonly Server[] = []
  #connections = 0

  constructor(parts: SocketRoomParts) {
    this.#parts = parts
  }

  get clock(): SocketRoomParts['clock'] {
    return this.#parts.clock
  }

  /** Another life of a node ends the one before. */
  open(holder: SocketHolder): Sockets {
    this.close(holder.nodeId)
    const life: Life = { ...holder, sockets: new Map(), waiting: [], isAsleep: false, isOver: false }
    for (const plan of holder.plans) life.sockets.set(plan.name, this.#made(plan, life))
    this.#lives.set(holder.nodeId, life)
    this.lookSoon()
    return socketsOf(life)
  }

  close(node: NodeId): void {
    const life = this.#lives.get(node)
    if (life === undefined) return
    life.isOver = true
    this.#lives.delete(node)
    this.lookSoon()
  }

  setAsleep(node: NodeId, isAsleep: boolean): void {
    const life = this.#lives.get(node)
    if (life === undefined || life.isAsleep === isAsleep) return
    life.isAsleep = isAsleep
    if (!isAsleep) for (const work of life.waiting.splice(0)) work()
    this.lookSoon()
  }

  /** A program that connects to a dealer and answers each request, until it is stopped. */
  serve(at: SocketAddress, answer: (request: string) => string): Stop {
    const server: Server = { at, answer }
    this.#servers = [...this.#servers, server]
    this.lookSoon()
    return () => {
      this.#servers = this.#servers.filter((one) => one !== server)
      this.lookSoon()
    }
  }

  /** For sockets. A connection has a name that no other ever has. */
  nextConnection(): string {
    this.#connections += 1
    return `connection-${this.#connections}`
  }

  bound<Kind extends SocketPlan['kind']>(kind: Kind, at: SocketAddress): Extract<VirtualSocket, { kind: Kind }> | null {
    return this.all(kind).find((socket) => socket.isAt(at)) ?? null
  }

  all<Kind extends SocketPlan['kind']>(kind: Kind): readonly Extract<VirtualSocket, { kind: Kind }>[] {
    const sockets = [...this.#lives.values()].flatMap((life) => [...life.sockets.values()])
    // The compiler does not narrow by a type parameter.
    return sockets.filter((socket) => socket.kind === kind) as Extract<VirtualSocket, { kind: Kind }>[]
  }

  serversOf(at: SocketAddress): readonly Server[] {
    return this.#servers.filter((server) => isSame(server.at, at))
  }

  /** Puts something on its way between two lives; it arrives if both live on. Asleep, the receiver finds it later. */
  carry(from: Life | null, to: Life | null, work: () => void): void {
    const [fromId, toId] = [from?.nodeId ?? someProgram, to?.nodeId ?? someProgram]
    const { clock, delayMs, isLost } = this.#parts
    if (isLost?.(fromId, toId) === true) return
    const pair = `${fromId}>${toId}`
    const due = Math.max(clock.now() + (delayMs?.(fromId, toId) ?? 1), this.#dueMs.get(pair) ?? 0)
    this.#dueMs.set(pair, due)
    clock.after(due - clock.now(), () => {
      if (to?.isOver === true || from?.isOver === true) return
      if (to?.isAsleep !== true) return work()
      if (to.waiting.length < socketLimits.queuedPerConnectionMax) to.waiting.push(work)
    })
  }

  #made(plan: SocketPlan, life: Life): VirtualSocket {
    const kinds = {
      router: VirtualRouter,
      dealer: VirtualDealer,
      publisher: VirtualPublisher,
      subscriber: VirtualSubscriber,
      asker: VirtualAsker,
      forwarder: VirtualForwarder,
    } as const
    // The plan and its class have the same kind, which the compiler cannot see through a table.
    const make = kinds[plan.kind] as new (
      room: VirtualSocketRoom,
      life: Life,
      plan: PlanOf<SocketPlan['kind']>,
    ) => VirtualSocket
    return new make(this, life, plan)
  }

  /** Who can be reached has changed; those who are connected find out a little later. */
  lookSoon(): void {
    this.#parts.clock.after(1, () => {
      for (const life of this.#lives.values()) for (const socket of life.sockets.values()) socket.look()
    })
  }
}

function socketsOf({ sockets }: Life): Sockets {
  function find<Kind extends VirtualSocket['kind']>(kind: Kind, name: string): Extract<VirtualSocket, { kind: Kind }> {
    const found = sockets.get(name)
    assert(found?.kind === kind, `the plan names no ${kind} ${name}`)
    return found as Extract<VirtualSocket, { kind: Kind }> // just checked; see above
  }
  return {
    router: (name) => find('router', name),
    dealer: (name) => find('dealer', name),
    publisher: (name) => find('publisher', name),
    subscriber: (name) => find('subscriber', name),
    asker: (name) => find('asker', name),
    forwarder: (name) => find('forwarder', name),
  }
}
