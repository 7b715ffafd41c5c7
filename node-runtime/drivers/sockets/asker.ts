import { type Context, Request } from 'zeromq'
import type { SocketAddress } from '#contract/worker/sockets'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import { type AskerSocket, socketLimits } from '#ports/sockets'
import { tcpAddress } from '../wire/tcp-address.ts'
import { connecting, sending } from './options.ts'

/** Connected to a router. Each socket lives until a question on it stays without an answer. */
export class ZeromqAsker implements AskerSocket {
  readonly close: () => Promise<void>
  readonly #context: Context
  readonly #clock: Clock
  readonly #to: SocketAddress
  #socket: Request | null = null
  #isAsking = false
  #isAsleep = false
  /** An answer that came while the node slept. */
  #held: (() => void) | null = null

  constructor(context: Context, clock: Clock, to: SocketAddress) {
    this.#context = context
    this.#clock = clock
    this.#to = to
    this.close = async () => this.#drop()
  }

  ask(payload: Uint8Array, withinMs: number, done: (result: Result<Uint8Array>) => void): void {
    if (this.#isAsking) return done(fail('busy', 'a question is under way'))
    if (payload.byteLength > socketLimits.saidBytesMax) return done(fail('too-large', 'too much for a question'))
    this.#isAsking = true
    const socket = this.#socket ?? this.#open()
    const settle = (result: Result<Uint8Array>): void => {
      if (this.#socket !== socket || !this.#isAsking) return
      void stop()
      this.#isAsking = false
      if (!result.ok) this.#drop()
      done(result)
    }
    const late = (): void => settle(fail('timed-out', `no answer from ${tcpAddress(this.#to)} in ${withinMs} ms`))
    const stop = this.#clock.after(withinMs, late)
    void answerOn(socket, payload).then((answer) => {
      const give = (): void => settle(ok(answer))
      if (this.#isAsleep) this.#held = give
      else give()
    }, late)
  }

  setAsleep(isAsleep: boolean): void {
    this.#isAsleep = isAsleep
    if (isAsleep) return
    this.#held?.()
    this.#held = null
  }

  #open(): Request {
    const socket = new Request({
      ...connecting(this.#context, this.#to),
      ...sending,
      maxMessageSize: socketLimits.answerBytesMax,
    })
    socket.connect(tcpAddress(this.#to))
    this.#socket = socket
    return socket
  }

  #drop(): void {
    this.#socket?.close()
    this.#socket = null
    this.#held = null
  }
}

async function answerOn(socket: Request, payload: Uint8Array): Promise<Uint8Array> {
  await socket.send(payload)
  const [answer] = await socket.receive()
  return answer ?? new Uint8Array(0)
}
