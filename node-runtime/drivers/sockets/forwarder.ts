import { type Context, Proxy as Forwarding, Publisher, XSubscriber } from 'zeromq'
import type { KeyPair } from '#contract/worker/protocol'
import type { SocketPlan } from '#contract/worker/sockets'
import { ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { Told } from '#kit/told'
import type { Clock } from '#ports/clock'
import { type ForwarderSocket, publicationBytesMax, socketLimits } from '#ports/sockets'
import { bindTo } from '../wire/bind-to.ts'
import { tcpAddress } from '../wire/tcp-address.ts'
import { common, sending, trusted, zeromqLimits } from './options.ts'
import { standing } from './standing.ts'

export interface ForwarderParts {
  readonly context: Context
  readonly plan: Extract<SocketPlan, { kind: 'forwarder' }>
  readonly keys: KeyPair
  readonly clock: Clock
  /** How many who are not of the lab have knocked. */
  readonly strangers: () => number
}

interface Life {
  readonly proxy: Forwarding<XSubscriber, Publisher>
  /** Resolves when its ports can be bound again. */
  readonly over: Promise<void>
}

/**
 * Everything, whatever subscribers wish. Their wishes end at the forwarder, because every publisher would keep all of
 * them, and a stranger may have as many as it likes.
 */
const wantAll = new Uint8Array([1])

/**
 * ZeroMQ's own forwarder, in a thread of its own. Each sleep ends its life: ZeroMQ would go on forwarding while it is
 * paused (libzmq 4.3.5), and a subscriber that loses its connection knows at least that it misses something.
 */
export class ZeromqForwarder implements ForwarderSocket {
  readonly from: string
  readonly to: string
  readonly #parts: ForwarderParts
  readonly #publishers = new Told(0)
  readonly #subscribers = new Told(0)
  #life: Life | null = null
  #isWanted = true
  /** Changes follow one another. */
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(parts: ForwarderParts) {
    this.#parts = parts
    this.from = tcpAddress(parts.plan.from)
    this.to = tcpAddress(parts.plan.to)
  }

  static async open(parts: ForwarderParts): Promise<Result<ZeromqForwarder>> {
    const forwarder = new ZeromqForwarder(parts)
    const begun = await forwarder.#begin()
    return begun.ok ? ok(forwarder) : begun
  }

  get isForwarding(): boolean {
    return this.#life !== null
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

  get strangers(): number {
    return this.#parts.strangers()
  }

  setAsleep(isAsleep: boolean): void {
    this.#isWanted = !isAsleep
    this.#soonAsWanted()
  }

  async close(): Promise<void> {
    this.#isWanted = false
    this.#soonAsWanted()
    await this.#turn
  }

  #soonAsWanted(): void {
    this.#turn = this.#turn.then(() => this.#becomeAsWanted())
  }

  async #becomeAsWanted(): Promise<void> {
    if (this.#isWanted === this.isForwarding) return
    if (!this.#isWanted) {
      const life = this.#life
      this.#life = null
      life?.proxy.terminate()
      await life?.over
      this.#publishers.set(0)
      this.#subscribers.set(0)
      return
    }
    const begun = await this.#begin()
    if (!begun.ok) this.#parts.clock.after(zeromqLimits.bindAgainMs, () => this.#soonAsWanted())
  }

  async #begin(): Promise<Result<null>> {
    const { context, plan, keys } = this.#parts
    const trust = trusted(plan.trust, keys)
    const front = new XSubscriber({
      ...common(context, plan.from),
      ...sending,
      ...trust,
      receiveHighWaterMark: socketLimits.queuedPublicationsMax,
      maxMessageSize: publicationBytesMax(plan.trust),
    })
    const back = new Publisher({
      ...common(context, plan.to),
      ...sending,
      ...trust,
      sendHighWaterMark: plan.trust === 'open' ? socketLimits.queuedOpenlyMax : socketLimits.queuedPublicationsMax,
      maxMessageSize: zeromqLimits.wishBytesMax,
    })
    standing(front).on((publishers) => this.#publishers.set(publishers))
    standing(back).on((subscribers) => this.#subscribers.set(subscribers))
    const bound = [await bindTo(front, plan.from), await bindTo(back, plan.to)] as const
    const failed = bound.find(({ ok }) => !ok)
    if (failed !== undefined && !failed.ok) {
      for (const one of bound) if (one.ok) await one.value.close()
      return failed
    }
    await front.send(wantAll)
    const proxy = new Forwarding(front, back)
    // A process that exits waits for its threads, and this one would go on for ever.
    const endWithProcess = (): void => proxy.terminate()
    process.once('exit', endWithProcess)
    // Ended by nobody, it rejects, and the process dies of it.
    const over = proxy.run().then(async () => {
      process.off('exit', endWithProcess)
      for (const one of bound) if (one.ok) await one.value.close()
    })
    this.#life = { proxy, over }
    return ok(null)
  }
}
