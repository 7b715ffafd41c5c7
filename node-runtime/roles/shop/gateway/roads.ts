import { type ReadChoice, readChoices, type ShopPlan } from '#contract/worker/shop'
import { orderAnswers } from '#dialects/shop/index'
import { decodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'
import type { EndpointAnswer, EndpointRequest } from '#ports/endpoint'
import type { WholeAnswer } from '../../api-codec.ts'
import { shopHeaders } from '../api/shown.ts'
import type { CatalogueNodes } from './catalogue-nodes.ts'
import type { Passing, Verdict } from './passing.ts'
import type { Visitors } from './visitors.ts'

export interface RoadsParts {
  readonly shop: ShopPlan
  readonly clock: Pick<Clock, 'now'>
  readonly passing: Passing
  readonly nodes: CatalogueNodes
  readonly visitors: Visitors
  readonly choice: () => ReadChoice
  /** A text that nobody can guess. */
  readonly freshAttempt: () => string
  readonly onStale: () => void
}

export const roadLimits = {
  /** A node of the catalogue may be silent for so long before another one is asked. */
  readSilenceMs: 300,
  readWithinMs: 3_000,
  writeSilenceMs: 1_000,
  writeWithinMs: 9_000,
} as const

type Done = (answer: EndpointAnswer) => void
const give: Verdict = { kind: 'give' }

/** By which way each kind of request goes, and what its answer is worth. */
export class Roads {
  readonly #parts: RoadsParts

  constructor(parts: RoadsParts) {
    this.#parts = parts
  }

  readCatalogue(request: EndpointRequest, done: Done): void {
    const { clock, passing, nodes, visitors } = this.#parts
    const choice = this.#choiceOf(request)
    if (choice === 'strong') return this.#readStrong(request, done)
    const atLeast = choice === 'any' ? 0 : visitors.wroteTo(visitorOf(request))
    const headers = atLeast === 0 ? {} : { [shopHeaders.atLeast]: String(atLeast) }
    passing.pass({
      request: carried(request, headers),
      isRepeatable: true,
      deadlineMs: clock.now() + roadLimits.readWithinMs,
      silenceMs: roadLimits.readSilenceMs,
      nextNode: (tried) => nodes.next(tried),
      judge: (answer) => this.#judgeRead(answer),
      done,
    })
  }

  writeCatalogue(request: EndpointRequest, done: Done): void {
    const { clock, passing, nodes } = this.#parts
    passing.pass({
      request: carried(request, this.#attempt(request)),
      isRepeatable: true,
      deadlineMs: clock.now() + roadLimits.writeWithinMs,
      silenceMs: roadLimits.writeSilenceMs,
      nextNode: (tried) => (tried.length === 0 ? nodes.primary : null) ?? nodes.next(tried),
      judge: (answer, isAgain) => this.#judgeWrite(answer, isAgain),
      done: (answer) => this.#wrote(request, answer, done),
    })
  }

  /** `isRepeatable`: it may be asked twice without a key. */
  single(to: NodeId, request: EndpointRequest, isRepeatable: boolean, done: Done): void {
    const { clock, passing } = this.#parts
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const withinMs = isRead ? roadLimits.readWithinMs : roadLimits.writeWithinMs
    passing.pass({
      request: carried(request, isRead ? {} : this.#attempt(request)),
      isRepeatable,
      deadlineMs: clock.now() + withinMs,
      silenceMs: withinMs,
      nextNode: (tried) => (tried.includes(to) ? null : to),
      judge: (answer, isAgain) => (isRead || !isRepeatable ? give : this.#judgeWrite(answer, isAgain)),
      done: (answer) => this.#wrote(request, answer, done),
    })
  }

  /** Who leads is asked, or whoever might know who does, until somebody does. */
  #readStrong(request: EndpointRequest, done: Done): void {
    const { clock, passing, nodes } = this.#parts
    passing.pass({
      request: carried(request, { [shopHeaders.read]: 'strong' }),
      isRepeatable: true,
      deadlineMs: clock.now() + roadLimits.writeWithinMs,
      silenceMs: roadLimits.writeSilenceMs,
      nextNode: (tried) => (tried.length === 0 ? nodes.primary : null) ?? nodes.next(tried),
      judge: (answer, isAgain) => this.#judgeWrite(answer, isAgain),
      done,
    })
  }

  /** Something older is worth less than what the primary says, and more than nothing. */
  #judgeRead(answer: WholeAnswer): Verdict {
    if (answer.status === 503) return { kind: 'again', to: null }
    if (answer.headers[shopHeaders.stale] === undefined) return give
    this.#parts.onStale()
    const { primary } = this.#parts.nodes
    return primary === null ? give : { kind: 'better-elsewhere', to: primary }
  }

  /**
   * 503 says that nothing was done; who leads may stand beside it. That an order is still running is no news where it is
   * our own earlier attempt that runs, or is being undone.
   */
  #judgeWrite({ status, headers, body }: WholeAnswer, isAgain: boolean): Verdict {
    if (status === 409 && isAgain && isStillRunning(body)) return { kind: 'again', to: null }
    if (status !== 503 && status !== 504) return give
    const to = this.#parts.shop.catalogues.find((node) => node === headers[shopHeaders.leader]) ?? null
    return { kind: 'again', to }
  }

  #wrote(request: EndpointRequest, answer: EndpointAnswer, done: Done): void {
    const position = Number(answer.headers[shopHeaders.position] ?? Number.NaN)
    if (request.method !== 'GET' && Number.isSafeInteger(position)) {
      this.#parts.visitors.wrote(visitorOf(request), position)
    }
    done(answer)
  }

  #choiceOf({ headers }: EndpointRequest): ReadChoice {
    const wanted = headers[shopHeaders.read]
    return readChoices.find((one) => one === wanted) ?? this.#parts.choice()
  }

  /** So that the gateway itself may ask again where whoever asked it gave no key. */
  #attempt({ headers }: EndpointRequest): Readonly<Record<string, string>> {
    return headers['idempotency-key'] === undefined ? { [shopHeaders.attempt]: this.#parts.freshAttempt() } : {}
  }
}

function isStillRunning(body: Uint8Array): boolean {
  return decodeText(body) === orderAnswers.stillRunning.body
}

function visitorOf({ headers }: EndpointRequest): string {
  return headers[shopHeaders.session] ?? ''
}

/** What the services look at, and nothing else that a browser may send. */
function carried(request: EndpointRequest, more: Readonly<Record<string, string>>): EndpointRequest {
  const headers: Record<string, string> = { ...more }
  for (const name of carriedHeaders) {
    const value = request.headers[name]
    if (value !== undefined) headers[name] = value
  }
  const { query } = request
  const few = query.size <= queryMax ? query : new Map([...query].slice(0, queryMax))
  return { ...request, query: few, headers }
}

/** More than any route knows; what is past it would not fit into the message. */
const queryMax = 32

const carriedHeaders = ['content-type', 'idempotency-key', 'authorization'] as const
