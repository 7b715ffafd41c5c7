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
    if (!isWelcome(raw.headers, this.#parts.host)) return say(reply, endpointProblems.stranger)
    if (this.#handler === null) return say(reply, endpointProblems.noHandler)
    const leave = this.#underWay.enter(raw)
    if (leave === null) return say(reply, endpointProblems.busy)
    // Whatever becomes of it, this is its end.
    reply.raw.once('close', leave)
    next()
  }

  readonly hear = ({ raw, body }: FastifyRequest, reply: FastifyReply): void => {
    // The one parser there is gives bytes.
    const request = readRequest(raw, body as Uint8Array | undefined)
    if (request === null) return say(reply, endpointProblems.garbled)
    if (this.#handler === null) return say(reply, endpointProblems.noHandler)
    reply.hijack()
    const response = reply.raw
    const tooSlow = (): void => giveAnswer(response, endpointProblems.tooSlow)
    const stopWaiting = this.#parts.clock.after(this.#parts.limits.answerWithinMs, tooSlow)
    response.once('close', () => void stopWaiting())
    hand(this.#handler, request, (answer) => giveAnswer(response, answer))
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
