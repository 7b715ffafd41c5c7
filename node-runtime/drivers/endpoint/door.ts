import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import { type EndpointAnswer, type EndpointRequest, endpointProblems, type Handler } from '#ports/endpoint'
import { giveAnswer } from './give-answer.ts'
import { isWelcome } from './guard.ts'
import type { Limits } from './limits.ts'
import { readRequest } from './read-request.ts'
import { UnderWay } from './under-way.ts'

export interface DoorParts {
  /** Its own address, which strangers may call it by. */
  readonly host: string
  readonly clock: Clock
  readonly limits: Limits
}

/** Every request comes through here twice: before its body is read, and when it is there. */
export class Door {
  readonly #parts: DoorParts
  readonly #underWay: UnderWay
  #handler: Handler | null = null

  constructor(parts: DoorParts) {
    this.#parts = parts
    this.#underWay = new UnderWay(parts.limits)
  }

  serve(handler: Handler): Stop {
    this.#handler = handler
    return () => {
      if (this.#handler === handler) this.#handler = null
    }
  }

  readonly enter = ({ raw }: FastifyRequest, reply: FastifyReply, next: HookHandlerDoneFunction): void => {
    // Of several Node gives the first, and somebody on the way may have gone by another.
    const entered = (raw.headersDistinct.host?.length ?? 0) > 1 ? endpointProblems.garbled : this.admit(raw)
    if (typeof entered !== 'function') return say(reply, entered)
    // Whatever becomes of it, this is its end.
    reply.raw.once('close', entered)
    if (raw.method === 'OPTIONS' && raw.url === '*') return say(reply, { status: 204, headers: {}, body: '' })
    next()
  }

  readonly hear = ({ raw, body }: FastifyRequest, reply: FastifyReply): void => {
    reply.hijack()
    const response = reply.raw
    // The one parser there is gives bytes.
    const request = readRequest(raw, body as Uint8Array | undefined)
    response.once(
      'close',
      this.hand(request, (answer) => giveAnswer(response, answer)),
    )
  }

  /** Of a program that asks before it sends a body, which is refused here already if it will be. */
  mayGoOn(request: IncomingMessage): EndpointAnswer | null {
    if (Number(request.headers['content-length'] ?? 0) > this.#parts.limits.bodyBytesMax)
      return endpointProblems.tooLarge
    const entered = this.admit(request)
    if (typeof entered !== 'function') return entered
    entered()
    return null
  }

  /** Before its body is read. Gives back what undoes it, or the refusal. */
  admit(request: Pick<IncomingMessage, 'headers'>): (() => void) | EndpointAnswer {
    if (request.headers.host === undefined) return endpointProblems.garbled
    if (!isWelcome(request.headers, this.#parts.host)) return endpointProblems.stranger
    if (this.#handler === null) return endpointProblems.noHandler
    return this.#underWay.enter(request) ?? endpointProblems.busy
  }

  /** When it is there; null: it cannot be read. Gives one answer, and none once the asker is said to have gone. */
  hand(request: EndpointRequest | null, give: (answer: EndpointAnswer) => void): () => void {
    const { clock, limits } = this.#parts
    let isOver = false
    const over = (): void => {
      isOver = true
      void stopWaiting()
    }
    const once = (answer: EndpointAnswer): void => {
      if (isOver) return
      over()
      give(answer)
    }
    const stopWaiting = clock.after(limits.answerWithinMs, () => once(endpointProblems.tooSlow))
    if (request === null) once(endpointProblems.garbled)
    else if (this.#handler === null) once(endpointProblems.noHandler)
    else hand(this.#handler, request, once)
    return over
  }
}

export function say(reply: FastifyReply, answer: EndpointAnswer): void {
  reply.hijack()
  giveAnswer(reply.raw, answer)
}

/** What it throws must reach the end of the process; the framework would make a polite answer of it. */
function hand(handler: Handler, request: EndpointRequest, answer: (answer: EndpointAnswer) => void): void {
  try {
    handler(request, answer)
  } catch (error) {
    setImmediate(() => {
      throw error
    })
  }
}
