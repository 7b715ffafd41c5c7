import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import {
  type Endpoint,
  type EndpointAnswer,
  type EndpointRequest,
  endpointLimits,
  endpointProblems,
  type Handler,
} from '#ports/endpoint'

/** An endpoint without a network: whoever plays the stranger calls `ask`. */
export class VirtualEndpoint implements Endpoint {
  readonly address = { host: 'virtual', port: 0 } as const
  readonly #clock: Clock
  #handler: Handler | null = null
  #underWay = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  serve(handler: Handler): Stop {
    this.#handler = handler
    return () => {
      if (this.#handler === handler) this.#handler = null
    }
  }

  /** `done` is called once: with the handler's answer, or with what the endpoint says instead. */
  ask(asked: Partial<EndpointRequest>, done: (answer: EndpointAnswer) => void): void {
    const request = { method: 'GET', path: '/', query: new Map(), headers: {}, body: new Uint8Array(), ...asked }
    if (this.#handler === null) return done(endpointProblems.noHandler)
    if (this.#underWay >= endpointLimits.requestsUnderWayMax) return done(endpointProblems.busy)
    if (request.body.length > endpointLimits.bodyBytesMax) return done(endpointProblems.tooLarge)
    this.#underWay += 1
    let isOpen = true
    const settle = (answer: EndpointAnswer): void => {
      if (!isOpen) return
      isOpen = false
      this.#underWay -= 1
      void stopWaiting()
      done(answer)
    }
    const stopWaiting = this.#clock.after(endpointLimits.answerWithinMs, () => settle(endpointProblems.tooSlow))
    this.#handler(request, settle)
  }
}
