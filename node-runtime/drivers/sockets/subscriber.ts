import { type Context, Subscriber } from 'zeromq'
import type { KeyPair } from '#contract/worker/protocol'
import type { SocketAddress, SocketTrust } from '#contract/worker/sockets'
import type { Stop } from '#kit/stop-stack'
import { Told } from '#kit/told'
import { type SubscriberSocket, socketLimits } from '#ports/sockets'
import { tcpAddress } from '../wire/tcp-address.ts'
import { Hearing } from './hearing.ts'
import { connecting, trusting } from './options.ts'

interface Publication {
  readonly topic: string
  readonly payload: Uint8Array
}

/** Connected to a forwarder. */
export class ZeromqSubscriber implements SubscriberSocket {
  readonly close: () => Promise<void>
  readonly #socket: Subscriber
  readonly #hearing: Hearing<Publication>
  readonly #connected = new Told(false)
  readonly #onMisshapen = new Set<(frames: readonly Uint8Array[]) => void>()

  constructor(context: Context, plan: { readonly to: SocketAddress; readonly trust: SocketTrust }, keys: KeyPair) {
    const socket = new Subscriber({
      ...connecting(context, plan.to),
      ...trusting(plan.trust, keys),
      receiveHighWaterMark: socketLimits.queuedPublicationsMax,
    })
    this.#socket = socket
    this.#hearing = new Hearing(socket, (frames) => publicationIn(frames) ?? this.#drop(frames))
    socket.events.on('handshake', () => this.#connected.set(true))
    socket.events.on('disconnect', () => this.#connected.set(false))
    socket.connect(tcpAddress(plan.to))
    this.close = async () => socket.close()
  }

  get dropped(): number {
    return this.#hearing.dropped
  }

  get isConnected(): boolean {
    return this.#connected.value
  }

  follow(topic: string): void {
    this.#socket.subscribe(topic)
  }

  unfollow(topic: string): void {
    this.#socket.unsubscribe(topic)
  }

  listen(hear: (topic: string, payload: Uint8Array) => void): Stop {
    return this.#hearing.listen(({ topic, payload }) => hear(topic, payload))
  }

  onMisshapen(hear: (frames: readonly Uint8Array[]) => void): Stop {
    const own = (frames: readonly Uint8Array[]): void => hear(frames)
    this.#onMisshapen.add(own)
    return () => void this.#onMisshapen.delete(own)
  }

  onConnected(listener: (isConnected: boolean) => void): Stop {
    return this.#connected.on(listener)
  }

  setAsleep(isAsleep: boolean): void {
    this.#hearing.setAsleep(isAsleep)
  }

  #drop(frames: readonly Uint8Array[]): null {
    for (const hear of this.#onMisshapen) hear(frames)
    return null
  }
}

function publicationIn([topic, payload, ...more]: readonly Buffer[]): Publication | null {
  if (topic === undefined || payload === undefined || more.length > 0) return null
  return topic.length <= socketLimits.topicBytesMax ? { topic: topic.toString(), payload } : null
}
