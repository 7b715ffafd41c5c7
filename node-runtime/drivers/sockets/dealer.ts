import { type Context, Dealer } from 'zeromq'
import type { SocketAddress } from '#contract/worker/sockets'
import { ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import type { Told } from '#kit/told'
import { type DealerSocket, socketLimits } from '#ports/sockets'
import { type Bound, bindTo } from '../wire/bind-to.ts'
import { Hearing } from './hearing.ts'
import { common, sending } from './options.ts'
import { Saying } from './saying.ts'
import { standing } from './standing.ts'

const empty = new Uint8Array(0)

interface Answer {
  readonly request: string
  readonly frames: readonly Uint8Array[]
}

/** Bound, for programs that serve. */
export class ZeromqDealer implements DealerSocket {
  readonly address: string
  readonly close: () => Promise<void>
  readonly #hearing: Hearing<Answer>
  readonly #saying: Saying
  readonly #connections: Told<number>

  private constructor(socket: Dealer, connections: Told<number>, { address, close }: Bound) {
    this.address = address
    this.close = close
    this.#connections = connections
    this.#hearing = new Hearing(socket, answerIn)
    this.#saying = new Saying(socket, socketLimits.saidBytesMax)
  }

  static async open(context: Context, at: SocketAddress): Promise<Result<ZeromqDealer>> {
    const socket = new Dealer({
      ...common(context, at),
      ...sending,
      receiveHighWaterMark: socketLimits.queuedPerConnectionMax,
      // Programs that serve answer here.
      maxMessageSize: socketLimits.answerBytesMax,
    })
    const connections = standing(socket)
    const bound = await bindTo(socket, at)
    return bound.ok ? ok(new ZeromqDealer(socket, connections, bound.value)) : bound
  }

  get dropped(): number {
    return this.#hearing.dropped + this.#saying.dropped
  }

  get connections(): number {
    return this.#connections.value
  }

  listen(hear: (request: string, frames: readonly Uint8Array[]) => void): Stop {
    return this.#hearing.listen(({ request, frames }) => hear(request, frames))
  }

  send(request: string, frames: readonly Uint8Array[]): boolean {
    return this.connections > 0 ? this.#saying.say([Buffer.from(request), empty], frames) : this.#saying.refuse()
  }

  onConnections(listener: (connections: number) => void): Stop {
    return this.#connections.on(listener)
  }

  setAsleep(isAsleep: boolean): void {
    this.#hearing.setAsleep(isAsleep)
  }
}

/** What does not give back the envelope is an answer to nothing. */
function answerIn([request, end, ...frames]: readonly Buffer[]): Answer | null {
  if (request === undefined || end?.length !== 0 || request.length > socketLimits.fromBytesMax) return null
  return frames.length > 0 && frames.length <= socketLimits.framesMax ? { request: request.toString(), frames } : null
}
