import type { SocketAddress, SocketPlan } from '#contract/worker/sockets'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { Told } from '#kit/told'
import {
  type AskerSocket,
  type DealerSocket,
  type ForwarderSocket,
  type PublisherSocket,
  publicationBytesMax,
  type RouterSocket,
  type SubscriberSocket,
  socketLimits,
} from '#ports/sockets'
import { Heard } from './virtual-hearing.ts'
import type { VirtualSocketRoom } from './virtual-socket-room.ts'

export type PlanOf<Kind extends SocketPlan['kind']> = Extract<SocketPlan, { kind: Kind }>

export type VirtualSocket =
  | VirtualRouter
  | VirtualDealer
  | VirtualPublisher
  | VirtualSubscriber
  | VirtualAsker
  | VirtualForwarder

/** One life of a node, as far as its sockets know it. */
export interface Life {
  readonly nodeId: NodeId
  readonly isOfLab: boolean
  readonly sockets: Map<string, VirtualSocket>
  /** What came while it slept. */
  readonly waiting: (() => void)[]
  isAsleep: boolean
  isOver: boolean
}

const addressText = ({ host, port }: SocketAddress): string => `tcp://${host}:${port}`

export class VirtualRouter implements RouterSocket {
  readonly kind = 'router'
  readonly address: string
  readonly life: Life
  readonly #room: VirtualSocketRoom
  readonly #at: SocketAddress
  readonly #heard = new Heard<{ readonly from: string; readonly frames: readonly Uint8Array[] }>()
  dropped = 0

  constructor(room: VirtualSocketRoom, life: Life, { at }: PlanOf<'router'>) {
    this.#room = room
    this.life = life
    this.#at = at
    this.address = addressText(at)
  }

  isAt(at: SocketAddress): boolean {
    return isSame(this.#at, at)
  }

  look(): void {}

  arrive(from: string, frames: readonly Uint8Array[]): void {
    this.#heard.say({ from, frames })
  }

  listen(hear: (from: string, frames: readonly Uint8Array[]) => void): Stop {
    return this.#heard.on(({ from, frames }) => hear(from, frames))
  }

  answer(from: string, frames: readonly Uint8Array[]): boolean {
    if (!isFitting(frames, socketLimits.answerBytesMax)) {
      this.dropped += 1
      return false
    }
    const asker = this.#room.all('asker').find((one) => one.connection === from)
    if (asker === undefined) this.dropped += 1
    else this.#room.carry(this.life, asker.life, () => asker.arrive(from, frames[0]))
    return true
  }
}

export class VirtualDealer implements DealerSocket {
  readonly kind = 'dealer'
  readonly address: string
  readonly #life: Life
  readonly #room: VirtualSocketRoom
  readonly #at: SocketAddress
  readonly #heard = new Heard<{ readonly request: string; readonly frames: readonly Uint8Array[] }>()
  readonly #count = new Told(0)
  dropped = 0
  #turn = 0

  constructor(room: VirtualSocketRoom, life: Life, { at }: PlanOf<'dealer'>) {
    this.#room = room
    this.#life = life
    this.#at = at
    this.address = addressText(at)
  }

  get connections(): number {
    return this.#count.value
  }

  isAt(at: SocketAddress): boolean {
    return isSame(this.#at, at)
  }

  look(): void {
    this.#count.set(this.#room.serversOf(this.#at).length)
  }

  listen(hear: (request: string, frames: readonly Uint8Array[]) => void): Stop {
    return this.#heard.on(({ request, frames }) => hear(request, frames))
  }

  send(request: string, frames: readonly Uint8Array[]): boolean {
    const servers = this.#room.serversOf(this.#at)
    const server = servers[this.#turn % Math.max(1, servers.length)]
    if (server === undefined || !isFitting(frames)) {
      this.dropped += 1
      return false
    }
    this.#turn += 1
    this.#room.carry(this.#life, null, () => {
      const answer = server.answer(new TextDecoder().decode(frames[0]))
      const answered = { request, frames: [new TextEncoder().encode(answer)] }
      this.#room.carry(null, this.#life, () => this.#heard.say(answered))
    })
    return true
  }

  onConnections(listener: (connections: number) => void): Stop {
    return this.#count.on(listener)
  }
}

export class VirtualPublisher implements PublisherSocket {
  readonly kind = 'publisher'
  readonly life: Life
  readonly #room: VirtualSocketRoom
  readonly #to: SocketAddress
  readonly #bytesMax: number
  readonly #wanted = new Told(false)
  dropped = 0

  constructor(room: VirtualSocketRoom, life: Life, { to, trust }: PlanOf<'publisher'>) {
    this.#room = room
    this.life = life
    this.#to = to
    this.#bytesMax = publicationBytesMax(trust.kind)
  }

  get isWanted(): boolean {
    return this.#wanted.value
  }

  isAt(): boolean {
    return false
  }

  look(): void {
    const forwarder = this.#room.bound('forwarder', this.#to)
    this.#wanted.set(forwarder?.letsIn(this.life) === true)
  }

  isTo(forwarder: VirtualForwarder): boolean {
    return forwarder.isFrom(this.#to)
  }

  publish(topic: string, payload: Uint8Array): boolean {
    const forwarder = this.#room.bound('forwarder', this.#to)
    if (!this.isWanted || forwarder === null || !isFitting([payload], this.#bytesMax) || !isTopic(topic)) {
      this.dropped += 1
      return false
    }
    const copy = payload.slice()
    this.#room.carry(this.life, null, () => forwarder.forward(topic, copy))
    return true
  }

  onWanted(listener: (isWanted: boolean) => void): Stop {
    return this.#wanted.on(listener)
  }
}

export class VirtualSubscriber implements SubscriberSocket {
  readonly kind = 'subscriber'
  readonly life: Life
  readonly dropped = 0
  readonly #room: VirtualSocketRoom
  readonly #to: SocketAddress
  readonly #connected = new Told(false)
  readonly #heard = new Heard<{ readonly topic: string; readonly payload: Uint8Array }>()
  readonly #topics: string[] = []

  constructor(room: VirtualSocketRoom, life: Life, { to }: PlanOf<'subscriber'>) {
    this.#room = room
    this.life = life
    this.#to = to
  }

  get isConnected(): boolean {
    return this.#connected.value
  }

  isAt(): boolean {
    return false
  }

  look(): void {
    const forwarder = this.#room.bound('forwarder', this.#to)
    this.#connected.set(forwarder?.letsIn(this.life) === true)
  }

  follow(topic: string): void {
    this.#topics.push(topic)
  }

  /** As often as it is followed. */
  unfollow(topic: string): void {
    const at = this.#topics.indexOf(topic)
    if (at !== -1) this.#topics.splice(at, 1)
  }

  isAtEndOf(forwarder: VirtualForwarder): boolean {
    return forwarder.isAt(this.#to)
  }

  wants(forwarder: VirtualForwarder, topic: string): boolean {
    const isOfMine = this.isConnected && this.isAtEndOf(forwarder)
    return isOfMine && this.#topics.some((wanted) => topic.startsWith(wanted))
  }

  arrive(topic: string, payload: Uint8Array): void {
    this.#heard.say({ topic, payload })
  }

  listen(hear: (topic: string, payload: Uint8Array) => void): Stop {
    return this.#heard.on(({ topic, payload }) => hear(topic, payload))
  }

  /** Here everything is a topic and a payload. */
  onMisshapen(): Stop {
    return () => {}
  }

  onConnected(listener: (isConnected: boolean) => void): Stop {
    return this.#connected.on(listener)
  }
}

export class VirtualAsker implements AskerSocket {
  readonly kind = 'asker'
  readonly life: Life
  readonly #room: VirtualSocketRoom
  readonly #to: SocketAddress
  #settle: ((result: Result<Uint8Array>) => void) | null = null
  connection: string

  constructor(room: VirtualSocketRoom, life: Life, { to }: PlanOf<'asker'>) {
    this.#room = room
    this.life = life
    this.#to = to
    this.connection = room.nextConnection()
  }

  isAt(): boolean {
    return false
  }

  look(): void {}

  ask(payload: Uint8Array, withinMs: number, done: (result: Result<Uint8Array>) => void): void {
    if (this.#settle !== null) return done(fail('busy', 'a question is under way'))
    if (!isFitting([payload])) return done(fail('too-large', 'too much for a question'))
    const stop = this.#room.clock.after(withinMs, () => {
      this.connection = this.#room.nextConnection()
      if (!this.life.isOver) this.#settle?.(fail('timed-out', `no answer in ${withinMs} ms`))
    })
    this.#settle = (result) => {
      void stop()
      this.#settle = null
      done(result)
    }
    const { connection } = this
    const copy = payload.slice()
    const router = this.#room.bound('router', this.#to)
    if (router !== null) this.#room.carry(this.life, router.life, () => router.arrive(connection, [copy]))
  }

  arrive(connection: string, payload: Uint8Array | undefined): void {
    if (connection === this.connection) this.#settle?.(ok(payload ?? new Uint8Array(0)))
  }
}

export class VirtualForwarder implements ForwarderSocket {
  readonly kind = 'forwarder'
  readonly from: string
  readonly to: string
  readonly #life: Life
  readonly #room: VirtualSocketRoom
  readonly #plan: PlanOf<'forwarder'>
  readonly #publishers = new Told(0)
  readonly #subscribers = new Told(0)
  strangers = 0

  constructor(room: VirtualSocketRoom, life: Life, plan: PlanOf<'forwarder'>) {
    this.#room = room
    this.#life = life
    this.#plan = plan
    this.from = addressText(plan.from)
    this.to = addressText(plan.to)
  }

  get isForwarding(): boolean {
    return !this.#life.isAsleep && !this.#life.isOver
  }

  isAt(at: SocketAddress): boolean {
    return isSame(this.#plan.from, at) || isSame(this.#plan.to, at)
  }

  isFrom(at: SocketAddress): boolean {
    return isSame(this.#plan.from, at)
  }

  get publishers(): number {
    return this.#publishers.value
  }

  onPublishers(listener: (publishers: number) => void): Stop {
    return this.#publishers.on(listener)
  }

  get subscribers(): number {
    return this.#subscribers.value
  }

  onSubscribers(listener: (subscribers: number) => void): Stop {
    return this.#subscribers.on(listener)
  }

  look(): void {
    const publishers = this.#room.all('publisher').filter((one) => one.isTo(this) && this.#isWelcome(one.life))
    this.#publishers.set(this.isForwarding ? publishers.length : 0)
    const subscribers = this.#room.all('subscriber').filter((one) => one.isAtEndOf(this) && this.#isWelcome(one.life))
    this.#subscribers.set(this.isForwarding ? subscribers.length : 0)
  }

  letsIn(life: Life): boolean {
    if (!this.isForwarding) return false
    if (!this.#isWelcome(life)) this.strangers += 1
    return this.#isWelcome(life)
  }

  #isWelcome({ isOfLab }: Life): boolean {
    return isOfLab || this.#plan.trust === 'open'
  }

  forward(topic: string, payload: Uint8Array): void {
    if (!this.isForwarding) return
    for (const subscriber of this.#room.all('subscriber')) {
      if (!subscriber.wants(this, topic)) continue
      this.#room.carry(this.#life, subscriber.life, () => subscriber.arrive(topic, payload))
    }
  }
}

export function isSame(one: SocketAddress, other: SocketAddress): boolean {
  return one.host === other.host && one.port === other.port
}

function isFitting(frames: readonly Uint8Array[], bytesMax: number = socketLimits.saidBytesMax): boolean {
  const isAll = frames.every(({ byteLength }) => byteLength <= bytesMax)
  return frames.length > 0 && frames.length <= socketLimits.framesMax && isAll
}

function isTopic(topic: string): boolean {
  return new TextEncoder().encode(topic).length <= socketLimits.topicBytesMax
}
