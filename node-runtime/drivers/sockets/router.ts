import { type Context, Router } from 'zeromq'
import type { SocketAddress } from '#contract/worker/sockets'
import { ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { type RouterSocket, socketLimits } from '#ports/sockets'
import { type Bound, bindTo } from '../wire/bind-to.ts'
import { Hearing } from './hearing.ts'
import { common, sending, zeromqLimits } from './options.ts'
import { Saying } from './saying.ts'

interface Request {
  readonly from: string
  readonly frames: readonly Uint8Array[]
}

/** Bound, for programs that ask. */
export class ZeromqRouter implements RouterSocket {
  readonly address: string
  readonly close: () => Promise<void>
  readonly #hearing: Hearing<Request>
  readonly #saying: Saying

  private constructor(socket: Router, { address, close }: Bound) {
    this.address = address
    this.close = close
    this.#hearing = new Hearing(socket, requestIn, zeromqLimits.askedPace)
    this.#saying = new Saying(socket, socketLimits.answerBytesMax)
  }

  static async open(context: Context, at: SocketAddress): Promise<Result<ZeromqRouter>> {
    const socket = new Router({
      ...common(context, at),
      ...sending,
      receiveHighWaterMark: zeromqLimits.askedPerConnectionMax,
      maxMessageSize: socketLimits.heardBytesMax,
      // An answer to nobody is told, and so counted.
      mandatory: true,
      // A program that comes back under the name it gave itself is not kept out by its former life.
      handover: true,
    })
    const bound = await bindTo(socket, at)
    return bound.ok ? ok(new ZeromqRouter(socket, bound.value)) : bound
  }

  get dropped(): number {
    return this.#hearing.dropped + this.#saying.dropped
  }

  listen(hear: (from: string, frames: readonly Uint8Array[]) => void): Stop {
    return this.#hearing.listen(({ from, frames }) => hear(from, frames))
  }

  answer(from: string, frames: readonly Uint8Array[]): boolean {
    return this.#saying.say(envelopeOf(from), frames)
  }

  setAsleep(isAsleep: boolean): void {
    this.#hearing.setAsleep(isAsleep)
  }
}

const separator = '.'

/** Frames up to the first empty one say whom it is from. A program may also send without an empty one. */
function requestIn(frames: readonly Buffer[]): Request | null {
  const empty = frames.findIndex(({ length }) => length === 0)
  const envelope = frames.slice(0, empty === -1 ? 1 : empty + 1)
  const rest = frames.slice(envelope.length)
  const fromBytes = envelope.reduce((sum, { length }) => sum + length, 0)
  if (rest.length === 0 || rest.length > socketLimits.framesMax) return null
  if (envelope.length > socketLimits.framesMax || fromBytes > socketLimits.fromBytesMax) return null
  return { from: envelope.map((frame) => frame.toString('base64url')).join(separator), frames: rest }
}

function envelopeOf(from: string): readonly Buffer[] {
  return from.split(separator).map((frame) => Buffer.from(frame, 'base64url'))
}
