import type { Answered } from '#contract/worker/shop-shapes'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { EndpointRequest } from '#ports/endpoint'
import type { WholeAnswer } from '../../api-codec.ts'
import type { Called, WireCalls } from '../../wire-calls.ts'
import { answeredIn } from './answered.ts'
import { withHeaders } from './requests.ts'

export const shopClientLimits = {
  /** What people wait for, within what their shell waits for an answer; asked again in it as often as there is time. */
  withinMs: 3_500,
  /** How long the gateway may be silent to one attempt. */
  attemptMs: 2_500,
  pauseMs: 60,
  underWayMax: 512,
} as const

export interface ShopAsk {
  readonly request: EndpointRequest
  /** It may be asked twice without happening twice. */
  readonly isRepeatable: boolean
}

export interface ShopReply {
  readonly answer: WholeAnswer
  readonly answered: Answered
}

export interface ShopClientParts {
  readonly gateway: NodeId
  readonly calls: Pick<WireCalls, 'ask' | 'look'>
  readonly clock: Pick<Clock, 'now' | 'wall'>
  readonly visitor: () => string | null
  readonly soon: (work: () => void) => void
  /** It answers again, or no longer. */
  readonly onChange: () => void
}

interface UnderWay extends ShopAsk {
  readonly done: (result: Result<ShopReply>) => void
  readonly startedMs: number
  /** An attempt was sent of which nobody knows what became. */
  isUncertain: boolean
  lastCode: 'node-down' | 'busy'
}

/**
 * Asks the gateway what any program may ask it, over the lab's wire. What a gateway or a service refuses because it cannot
 * now (503) and what nobody knows (504, silence) is asked again while there is time, if it may be; all else is an answer.
 */
export class ShopClient {
  readonly #parts: ShopClientParts
  readonly #pausing = new Map<UnderWay, number>()
  #open = 0
  #last: Answered | null = null
  #silentSinceWallMs: number | null = null

  constructor(parts: ShopClientParts) {
    this.#parts = parts
  }

  /** The last answer of the catalogue. */
  get last(): Answered | null {
    return this.#last
  }

  get silentSinceWallMs(): number | null {
    return this.#silentSinceWallMs
  }

  ask(ask: ShopAsk, done: (result: Result<ShopReply>) => void): void {
    const { clock, soon } = this.#parts
    if (this.#open >= shopClientLimits.underWayMax) return soon(() => done(fail('busy', 'too much is asked already')))
    this.#open += 1
    this.#attempt({
      ...ask,
      done: (result) => {
        this.#open -= 1
        done(result)
      },
      startedMs: clock.now(),
      isUncertain: false,
      lastCode: 'node-down',
    })
  }

  /** One attempt, whatever comes of it. */
  once(request: EndpointRequest, withinMs: number, done: (called: Called) => void): void {
    const { calls, gateway, visitor } = this.#parts
    const asked = withHeaders(request, { 'colmeia-session': visitor() })
    calls.ask(gateway, { request: asked, withinMs }, (called) => {
      this.#heard(called)
      done(called)
    })
  }

  /** Every beat: who has waited long enough, and who was silent for too long. */
  look(): void {
    this.#parts.calls.look()
    const nowMs = this.#parts.clock.now()
    for (const [one, dueMs] of this.#pausing) {
      if (nowMs < dueMs) continue
      this.#pausing.delete(one)
      this.#attempt(one)
    }
  }

  #attempt(one: UnderWay): void {
    const { clock } = this.#parts
    const leftMs = one.startedMs + shopClientLimits.withinMs - clock.now()
    if (leftMs <= 0) return one.done(refusalOf(one))
    this.once(one.request, Math.min(leftMs, shopClientLimits.attemptMs), (called) => this.#told(one, called))
  }

  #told(one: UnderWay, called: Called): void {
    if (called.kind === 'not-sent') {
      one.lastCode = 'node-down'
      return this.#pause(one)
    }
    const isUnknown = called.kind === 'silent' || called.answer.status === 504
    if (isUnknown) {
      one.isUncertain = true
      return one.isRepeatable ? this.#pause(one) : one.done(refusalOf(one))
    }
    if (called.answer.status === 503) {
      one.lastCode = 'busy'
      return this.#pause(one)
    }
    // With all attempts before this one: that is how long somebody waited.
    const tookMs = this.#parts.clock.now() - one.startedMs
    one.done(ok({ answer: called.answer, answered: this.#answered(called.answer, tookMs) }))
  }

  #pause(one: UnderWay): void {
    this.#pausing.set(one, this.#parts.clock.now() + shopClientLimits.pauseMs)
  }

  #answered(answer: WholeAnswer, tookMs: number): Answered {
    return answeredIn(answer, { tookMs, atWallMs: this.#parts.clock.wall() })
  }

  #heard(called: Called): void {
    const wasSilent = this.#silentSinceWallMs !== null
    const isSilent = called.kind !== 'answered' || called.answer.status === 503 || called.answer.status === 504
    if (!isSilent) {
      const answered = this.#answered(called.answer, called.tookMs)
      if (answered.from !== null) this.#last = answered
    }
    if (wasSilent === isSilent) return
    this.#silentSinceWallMs = isSilent ? this.#parts.clock.wall() : null
    this.#parts.onChange()
  }
}

function refusalOf({ isUncertain, lastCode }: UnderWay): Result<never> {
  if (isUncertain) return fail('timed-out', 'the shop was asked, and nobody knows what became of it')
  return fail(
    lastCode,
    lastCode === 'busy' ? 'the shop cannot answer now' : 'the gateway of the shop cannot be reached',
  )
}
