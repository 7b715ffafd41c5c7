import { assert } from '#kit/assert'
import { failures } from '#kit/failures'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { EndpointRequest } from '#ports/endpoint'
import type { Wire } from '#ports/wire'
import type { WholeAnswer } from '../api-codec.ts'
import { requestsPerLife } from '../wire-calls.ts'
import { type Problem, problemIn } from './problems.ts'

export interface ApiReply {
  readonly from: NodeId
  readonly answer: WholeAnswer
}

export interface ApiAsk {
  readonly request: EndpointRequest
  /** One peer and nobody else, or whoever leads, as far as one can tell. */
  readonly to: NodeId | 'leader'
  readonly withinMs: number
}

export interface ApiClientParts {
  readonly clock: Pick<Clock, 'now'>
  readonly wire: Pick<Wire, 'links'>
  /** Puts a request on its way. False: it was dropped at once. */
  readonly send: (to: NodeId, ref: number, request: EndpointRequest) => boolean
  /** In the order in which they are asked when nobody knows who leads. */
  readonly peers: readonly NodeId[]
  readonly soon: (work: () => void) => void
  /** Of the node that asks. */
  readonly life: number
}

export const apiClientLimits = {
  /** Requests under way. Past that: busy. */
  underWayMax: 256,
  /** How long a peer may be silent before another one is asked; twice as long with each attempt, up to the second. */
  silenceMsMin: 800,
  silenceMsMax: 4_000,
  /** Before the next attempt when nobody leads or too much is waiting; twice as long each time, up to the second. */
  pauseMsMin: 50,
  pauseMsMax: 1_000,
  /** Hints that are followed at once: two peers that name each other are not asked in a circle. */
  hintsFollowedMax: 2,
  /** Attempts whose late answers still count. */
  refsKeptMax: 8,
} as const

interface UnderWay {
  readonly ask: ApiAsk
  readonly done: (result: Result<ApiReply>) => void
  readonly deadlineMs: number
  /** Attempts by their number, the newest last. A good answer to any of them is the answer. */
  readonly refs: number[]
  target: NodeId
  /** When the present attempt is given up, or the next one begins. */
  dueMs: number
  isPausing: boolean
  silenceMs: number
  pauseMs: number
  hintsFollowed: number
  /** Who has not yet what was asked for. When nobody has it, that is the answer. */
  readonly notReady: Set<NodeId>
  /** Somebody was asked of whom nobody knows what it did. Then no later refusal is definite for the whole. */
  isUncertain: boolean
  last: Problem
}

/**
 * Asks the peers of a notary what any program may ask them, over the authenticated wire. A request is asked again, word
 * by word, until it is answered or its time is over: what must happen once carries an id of its own.
 */
export class ApiClient {
  readonly #parts: ApiClientParts
  readonly #underWay = new Map<number, UnderWay>()
  #leader: NodeId
  #lastRef: number

  constructor(parts: ApiClientParts) {
    const [first] = parts.peers
    assert(first !== undefined, 'a notary has peers')
    this.#parts = parts
    this.#lastRef = parts.life * requestsPerLife
    this.#leader = first
  }

  ask(ask: ApiAsk, done: (result: Result<ApiReply>) => void): void {
    if (this.#underWay.size >= apiClientLimits.underWayMax) {
      return this.#parts.soon(() => done(fail('busy', 'too much is asked already')))
    }
    this.#send({
      ask,
      done,
      deadlineMs: this.#parts.clock.now() + ask.withinMs,
      refs: [],
      target: ask.to === 'leader' ? this.#leader : ask.to,
      dueMs: 0,
      isPausing: false,
      silenceMs: apiClientLimits.silenceMsMin,
      pauseMs: apiClientLimits.pauseMsMin,
      hintsFollowed: 0,
      notReady: new Set(),
      isUncertain: false,
      last: { code: 'node-down', message: 'no peer could be reached', leader: null },
    })
  }

  /** What a peer says to an attempt. */
  heard(from: NodeId, ref: number, answer: WholeAnswer): void {
    const request = this.#underWay.get(ref)
    if (request === undefined) return // it was answered before, or given up
    const problem = problemIn(answer)
    if (problem === null) {
      if (request.ask.to === 'leader' && request.target === from) this.#leader = from
      return this.#finish(request, ok({ from, answer }))
    }
    // What an earlier attempt was refused for is of no interest any more.
    if (ref === request.refs.at(-1) && !request.isPausing) this.#refused(request, problem)
  }

  /** Now and then: who was silent for too long, who has waited long enough, whose time is over. */
  look(): void {
    if (this.#underWay.size === 0) return
    const nowMs = this.#parts.clock.now()
    const links = this.#parts.wire.links()
    const unreachable = new Set(links.flatMap(({ peer, isConnected }) => (isConnected ? [] : [peer])))
    for (const request of new Set(this.#underWay.values())) {
      if (nowMs >= request.deadlineMs) this.#giveUp(request)
      else if (request.isPausing) {
        if (nowMs >= request.dueMs) this.#send(request)
      } else if (nowMs >= request.dueMs || unreachable.has(request.target)) this.#silent(request, unreachable)
    }
  }

  #send(request: UnderWay): void {
    this.#lastRef += 1
    const ref = this.#lastRef
    request.refs.push(ref)
    this.#underWay.set(ref, request)
    while (request.refs.length > apiClientLimits.refsKeptMax) this.#underWay.delete(request.refs.shift() ?? 0)
    request.isPausing = false
    request.dueMs = this.#parts.clock.now() + request.silenceMs
    if (!this.#parts.send(request.target, ref, request.ask.request)) this.#pause(request, this.#after(request))
  }

  #refused(request: UnderWay, problem: Problem): void {
    const isForAnyone = request.ask.to === 'leader'
    // Somebody has it, though not ready; this one does not know of it yet.
    if (isForAnyone && problem.code === 'not-found' && request.notReady.size > 0) return this.#tryOthers(request)
    request.last = problem
    if (!failures[problem.code].definite) request.isUncertain = true
    switch (problem.code) {
      case 'not-leader':
        return isForAnyone ? this.#follow(request, problem.leader) : this.#finish(request, refusal(request))
      case 'busy':
        return this.#pause(request, request.target)
      case 'not-ready':
        return isForAnyone ? this.#tryOthers(request) : this.#finish(request, refusal(request))
      case 'timed-out':
      case 'node-down':
      case 'store-damaged':
      case 'disk-full':
        // Another peer may well be able to.
        return isForAnyone ? this.#pause(request, this.#after(request)) : this.#finish(request, refusal(request))
      default:
        return this.#finish(request, refusal(request))
    }
  }

  /** Each is asked at once and once; whoever leads still does. */
  #tryOthers(request: UnderWay): void {
    request.notReady.add(request.target)
    const next = this.#parts.peers.find((peer) => !request.notReady.has(peer))
    if (next === undefined) return this.#finish(request, refusal(request))
    request.target = next
    this.#send(request)
  }

  #follow(request: UnderWay, leader: NodeId | null): void {
    const isNews = leader !== null && leader !== request.target && this.#parts.peers.includes(leader)
    if (!isNews) return this.#pause(request, this.#after(request))
    this.#leader = leader
    request.hintsFollowed += 1
    if (request.hintsFollowed > apiClientLimits.hintsFollowedMax) return this.#pause(request, leader)
    request.target = leader
    this.#send(request)
  }

  #silent(request: UnderWay, unreachable: ReadonlySet<NodeId>): void {
    request.isUncertain = true
    request.silenceMs = Math.min(request.silenceMs * 2, apiClientLimits.silenceMsMax)
    const next = this.#after(request, unreachable)
    // Whoever has no other peer to turn to waits for this one.
    if (unreachable.has(next)) return this.#pause(request, next)
    request.target = next
    this.#send(request)
  }

  #pause(request: UnderWay, target: NodeId): void {
    request.target = target
    request.isPausing = true
    request.hintsFollowed = 0
    request.dueMs = this.#parts.clock.now() + request.pauseMs
    request.pauseMs = Math.min(request.pauseMs * 2, apiClientLimits.pauseMsMax)
  }

  /** The one to ask after the present one. Whoever led until now is not asked first any more if this was it. */
  #after({ ask, target }: UnderWay, unreachable: ReadonlySet<NodeId> = new Set()): NodeId {
    if (ask.to !== 'leader') return target
    if (this.#leader !== target && !unreachable.has(this.#leader)) return this.#leader
    const { peers } = this.#parts
    const others = [...peers.slice(peers.indexOf(target) + 1), ...peers.slice(0, peers.indexOf(target))]
    this.#leader = others.find((peer) => !unreachable.has(peer)) ?? others[0] ?? target
    return this.#leader
  }

  #giveUp(request: UnderWay): void {
    // An attempt that was sent a moment ago may be carried out yet.
    if (!request.isPausing) request.isUncertain = true
    this.#finish(request, refusal(request))
  }

  #finish(request: UnderWay, result: Result<ApiReply>): void {
    for (const ref of request.refs) this.#underWay.delete(ref)
    request.done(result)
  }
}

/** What the last refusal means for all attempts together. */
function refusal({ isUncertain, last }: UnderWay): Result<never> {
  if (isUncertain) return fail('timed-out', `nobody knows whether it happened; last: ${last.code}, ${last.message}`)
  return fail(last.code, last.message)
}
