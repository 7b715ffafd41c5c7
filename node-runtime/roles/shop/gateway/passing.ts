import { unavailable, unknownOutcome } from '#dialects/shop/index'
import type { NodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'
import type { EndpointAnswer, EndpointRequest } from '#ports/endpoint'
import type { WholeAnswer } from '../../api-codec.ts'
import type { WireCalls } from '../../wire-calls.ts'
import { shownAs } from '../api/shown.ts'

/** What becomes of an answer: it is given, or the same is asked again, of somebody or of whoever is next. */
export type Verdict =
  | { readonly kind: 'give' }
  /** Kept, in case that nobody says anything better. */
  | { readonly kind: 'better-elsewhere'; readonly to: NodeId }
  | { readonly kind: 'again'; readonly to: NodeId | null }

/** One request on its way through the gateway. */
export interface Passage {
  readonly request: EndpointRequest
  /** Nothing happens twice that is asked twice. */
  readonly isRepeatable: boolean
  readonly deadlineMs: number
  /** How long one node may be silent. */
  readonly silenceMs: number
  readonly nextNode: (tried: readonly NodeId[]) => NodeId | null
  /** `isAgain`: an earlier attempt of ours may have done it already, or be at it, or be undone at this moment. */
  readonly judge: (answer: WholeAnswer, isAgain: boolean) => Verdict
  readonly done: (answer: EndpointAnswer) => void
}

export interface PassingParts {
  readonly calls: Pick<WireCalls, 'ask'>
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly heard: (node: NodeId, answer: WholeAnswer, tookMs: number) => void
  readonly silent: (node: NodeId) => void
  readonly failedOver: () => void
  readonly unknown: () => void
}

export const passingLimits = {
  /** Before everybody is asked once more. */
  pauseMs: 50,
  /** Hints that are followed at once; two nodes that name each other are not asked in a circle. */
  hintsFollowedMax: 3,
} as const

/** Carries requests to the nodes behind the gateway, and on to the next one where one is silent. */
export class Passing {
  readonly #parts: PassingParts

  constructor(parts: PassingParts) {
    this.#parts = parts
  }

  pass(passage: Passage): void {
    new Way(this.#parts, passage).go(null)
  }
}

class Way {
  readonly #parts: PassingParts
  readonly #passage: Passage
  #tried: NodeId[] = []
  #hintsFollowed = 0
  /** Somebody was asked of whom nobody knows what it did. */
  #isUncertain = false
  #isAgain = false
  #best: WholeAnswer | null = null

  constructor(parts: PassingParts, passage: Passage) {
    this.#parts = parts
    this.#passage = passage
  }

  go(to: NodeId | null): void {
    const { calls, clock } = this.#parts
    const { request, deadlineMs, silenceMs, nextNode } = this.#passage
    const target = to ?? nextNode(this.#tried)
    if (target === null) return this.#pause()
    const leftMs = deadlineMs - clock.now()
    if (leftMs <= 0) return this.#giveUp()
    this.#tried.push(target)
    calls.ask(target, { request, withinMs: Math.min(silenceMs, leftMs) }, (called) => {
      if (called.kind === 'answered') return this.#answered(target, called.answer, called.tookMs)
      this.#parts.silent(target)
      if (called.kind === 'silent') {
        this.#isUncertain = true
        if (!this.#passage.isRepeatable) return this.#giveUp()
      }
      if (this.#best !== null) return this.#passage.done(this.#best)
      this.#parts.failedOver()
      this.go(null)
    })
  }

  #answered(from: NodeId, answer: WholeAnswer, tookMs: number): void {
    this.#parts.heard(from, answer, tookMs)
    // Its own disk or log was too slow: it may have happened, and what happens once can be asked again.
    if (answer.status === 504) this.#isUncertain = true
    const verdict = this.#passage.judge(answer, this.#isUncertain || this.#isAgain)
    this.#isAgain = true
    if (verdict.kind === 'give') return this.#passage.done(answer)
    if (verdict.kind === 'better-elsewhere') {
      if (this.#best !== null || this.#tried.includes(verdict.to)) return this.#passage.done(this.#best ?? answer)
      this.#best = answer
      return this.go(verdict.to)
    }
    if (this.#best !== null) return this.#passage.done(this.#best)
    this.#hintsFollowed += 1
    const isNews = verdict.to !== null && verdict.to !== from
    if (isNews && this.#hintsFollowed <= passingLimits.hintsFollowedMax) return this.go(verdict.to)
    this.#pause()
  }

  #pause(): void {
    const { clock } = this.#parts
    if (clock.now() + passingLimits.pauseMs >= this.#passage.deadlineMs) return this.#giveUp()
    this.#tried = []
    this.#hintsFollowed = 0
    clock.after(passingLimits.pauseMs, () => this.go(null))
  }

  #giveUp(): void {
    if (this.#best !== null) return this.#passage.done(this.#best)
    const isUnknown = this.#isUncertain && this.#passage.request.method !== 'GET'
    if (isUnknown) this.#parts.unknown()
    this.#passage.done(shownAs(isUnknown ? unknownOutcome : unavailable, isUnknown ? {} : { 'retry-after': '1' }))
  }
}
