import { type Context, XPublisher } from 'zeromq'
import type { KeyPair } from '#contract/worker/protocol'
import type { SocketAddress, SocketTrust } from '#contract/worker/sockets'
import type { Stop } from '#kit/stop-stack'
import { Told } from '#kit/told'
import { type PublisherSocket, publicationBytesMax, socketLimits } from '#ports/sockets'
import { tcpAddress } from '../wire/tcp-address.ts'
import { Hearing } from './hearing.ts'
import { connecting, sending, trusting, zeromqLimits } from './options.ts'
import { Saying } from './saying.ts'

/**
 * Connected to a forwarder. It is one that also hears wishes, because only that of the forwarder tells when what is
 * published reaches it: a handshake comes earlier.
 */
export class ZeromqPublisher implements PublisherSocket {
  readonly close: () => Promise<void>
  readonly #hearing: Hearing<boolean>
  readonly #saying: Saying
  readonly #wanted = new Told(false)

  constructor(context: Context, plan: { readonly to: SocketAddress; readonly trust: SocketTrust }, keys: KeyPair) {
    const socket = new XPublisher({
      ...connecting(context, plan.to),
      ...sending,
      ...trusting(plan.trust, keys),
      // The end of a connection takes back what was wanted on it.
      immediate: true,
      // Told when there is no room, instead of dropping in silence.
      noDrop: true,
      sendHighWaterMark: socketLimits.queuedPublicationsMax,
      maxMessageSize: zeromqLimits.passedWishBytesMax,
    })
    this.#saying = new Saying(socket, publicationBytesMax(plan.trust.kind))
    this.#hearing = new Hearing(socket, ([frame]) => (frame?.[0] === 1 ? true : frame?.[0] === 0 ? false : null))
    this.#hearing.listen((isWish) => this.#wanted.set(isWish))
    socket.connect(tcpAddress(plan.to))
    this.close = async () => socket.close()
  }

  get dropped(): number {
    return this.#saying.dropped
  }

  get isWanted(): boolean {
    return this.#wanted.value
  }

  publish(topic: string, payload: Uint8Array): boolean {
    const bytes = Buffer.from(topic)
    const isPossible = this.isWanted && bytes.length <= socketLimits.topicBytesMax
    return isPossible ? this.#saying.say([], [bytes, payload]) : this.#saying.refuse()
  }

  onWanted(listener: (isWanted: boolean) => void): Stop {
    return this.#wanted.on(listener)
  }

  setAsleep(isAsleep: boolean): void {
    this.#hearing.setAsleep(isAsleep)
  }
}
