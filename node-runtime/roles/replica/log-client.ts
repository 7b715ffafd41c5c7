import { assert } from '#kit/assert'
import { type FailureCode, failures } from '#kit/failures'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import type { CommandId, Consistency, Hint, ProposalAnswer, ReadAnswer, ReplicatedLog } from '#ports/replicated-log'
import type { Wire } from '#ports/wire'
import type { Letter, Post } from '../post.ts'
import {
  type Answer,
  type AnswerValues,
  answerKind,
  decodeAnswer,
  encodeRequest,
  type Request,
} from './request-codec.ts'

export interface LogClientParts {
  readonly post: Post
  readonly clock: Clock
  readonly wire: Pick<Wire, 'links'>
  /** The members of the group, in the order in which they are asked when nobody knows who leads. */
  readonly peers: readonly NodeId[]
  readonly soon: (work: () => void) => void
  /** For callers with less patience than the limit below. */
  readonly answerWithinMs?: number
}

export const logClientLimits = {
  /** Requests under way. Past that: busy. */
  underWayMax: 2_048,
  /** From the call to the answer, over all attempts. */
  answerWithinMs: 10_000,
  /** How long one node may be silent before another is asked. */
  silenceMsMax: 400,
  lookEveryMs: 20,
  /** Before the next one is asked when nobody seems to lead. */
  retryMs: 40,
  /** When the leader is busy: twice as long each time. */
  busyMsMin: 10,
  busyMsMax: 320,
  /** Hints that are followed at once; two nodes that name each other must not be asked in a circle. */
  hintsFollowedMax: 2,
  attemptsMax: 1_024,
} as const

/** With all lives and attempts below what can be counted with. A life that asks for more comes to no harm. */
const requestsPerLife = 900_000

interface UnderWay {
  readonly number: number
  readonly make: (ref: number) => Request
  readonly done: (result: Result<Answer>) => void
  readonly deadlineMs: number
  attempt: number
  target: NodeId
  /** When the present attempt is given up, or the next one begins. */
  dueMs: number
  isPausing: boolean
  hintsFollowed: number
  busyMs: number
  /** An attempt was sent of which nobody knows what became. Then no later refusal is definite for the whole. */
  isUncertain: boolean
  lastRefusal: FailureCode
}

/**
 * The replicated log as its members serve it over the wire. A request is tried again under the same id until its
 * answer comes or its time is over; it follows the leader. Nothing can be watched from here.
 */
export class LogClient implements Omit<ReplicatedLog, 'watch'> {
  readonly #parts: LogClientParts
  readonly #underWay = new Map<number, UnderWay>()
  readonly #stop: Stop
  #leader: NodeId
  #unreachable: ReadonlySet<NodeId> = new Set()
  /** What a former life of this node asked for may be answered yet, and must not be taken for an answer to this one. */
  #lastNumber: number

  constructor(parts: LogClientParts) {
    const [first] = parts.peers
    assert(first !== undefined, 'a group has members')
    this.#parts = parts
    this.#lastNumber = parts.post.life * requestsPerLife
    this.#leader = first
    parts.post.read([answerKind], (letter) => this.#heard(letter))
    this.#stop = parts.clock.every(logClientLimits.lookEveryMs, () => this.#look())
  }

  get hint(): Hint {
    return { leader: this.#leader }
  }

  get underWayCount(): number {
    return this.#underWay.size
  }

  openSession(done: (result: Result<number>) => void): void {
    this.#ask(
      (ref) => ({ kind: 'open-session', ref }),
      (result) => done(resultOf(result, 'session-opened')),
    )
  }

  propose(id: CommandId, command: Uint8Array, done: (result: Result<ProposalAnswer>) => void): void {
    this.#ask(
      (ref) => ({ kind: 'propose', ref, id, command }),
      (result) => done(resultOf(result, 'applied')),
    )
  }

  read(query: Uint8Array, consistency: Consistency, done: (result: Result<ReadAnswer>) => void): void {
    this.#ask(
      (ref) => ({ kind: 'read', ref, consistency, query }),
      (result) => done(resultOf(result, 'found')),
    )
  }

  /** What is under way is never answered. */
  stop(): void {
    void this.#stop()
    this.#underWay.clear()
  }

  #ask(make: UnderWay['make'], done: UnderWay['done']): void {
    if (this.#underWay.size >= logClientLimits.underWayMax) {
      return this.#parts.soon(() => done(fail('busy', 'too much is under way already')))
    }
    this.#lastNumber += 1
    const request: UnderWay = {
      number: this.#lastNumber,
      make,
      done,
      deadlineMs: this.#parts.clock.now() + (this.#parts.answerWithinMs ?? logClientLimits.answerWithinMs),
      attempt: -1,
      target: this.#leader,
      dueMs: 0,
      isPausing: false,
      hintsFollowed: 0,
      busyMs: logClientLimits.busyMsMin,
      isUncertain: false,
      lastRefusal: 'not-leader',
    }
    this.#underWay.set(request.number, request)
    this.#send(request)
  }

  #send(request: UnderWay): void {
    const { post, clock } = this.#parts
    request.attempt += 1
    request.isPausing = false
    request.dueMs = clock.now() + logClientLimits.silenceMsMax
    const ref = request.number * logClientLimits.attemptsMax + (request.attempt % logClientLimits.attemptsMax)
    const message = request.make(ref)
    if (!post.send(request.target, { kind: message.kind, body: encodeRequest(message), cause: null })) {
      this.#pause(request, this.#after(request.target), logClientLimits.retryMs)
    }
  }

  #heard({ from, body }: Letter): 'malformed' | null {
    const decoded = decodeAnswer(body)
    if (decoded === null) return 'malformed'
    const request = this.#underWay.get(Math.floor(decoded.ref / logClientLimits.attemptsMax))
    if (request === undefined) return null // it had been answered, or given up
    const { answer } = decoded
    if (answer.kind !== 'failed') {
      if (request.target === from) this.#leader = from
      this.#finish(request, ok(answer))
    } else if (decoded.ref % logClientLimits.attemptsMax === request.attempt % logClientLimits.attemptsMax) {
      this.#refused(request, answer)
    }
    return null
  }

  #refused(request: UnderWay, { code, leader }: Extract<Answer, { readonly kind: 'failed' }>): void {
    if (request.isPausing) return // the same word twice
    request.lastRefusal = code
    if (!failures[code].definite) request.isUncertain = true
    switch (code) {
      case 'not-leader':
        return this.#follow(request, leader)
      case 'busy':
        this.#pause(request, request.target, request.busyMs)
        request.busyMs = Math.min(request.busyMs * 2, logClientLimits.busyMsMax)
        return
      case 'timed-out':
        return this.#pause(request, this.#after(request.target), logClientLimits.retryMs)
      default:
        return this.#finish(request, refusal(request))
    }
  }

  #follow(request: UnderWay, leader: NodeId | null): void {
    const { peers } = this.#parts
    const isNews = leader !== null && leader !== request.target && peers.includes(leader)
    if (!isNews) return this.#pause(request, this.#after(request.target), logClientLimits.retryMs)
    this.#leader = leader
    request.hintsFollowed += 1
    if (request.hintsFollowed > logClientLimits.hintsFollowedMax) {
      request.hintsFollowed = 0
      return this.#pause(request, leader, logClientLimits.retryMs)
    }
    request.target = leader
    this.#send(request)
  }

  #pause(request: UnderWay, target: NodeId, ms: number): void {
    request.target = target
    request.isPausing = true
    request.dueMs = this.#parts.clock.now() + ms
  }

  /** Now and then: who was silent for too long, who has waited long enough, whose time is over. */
  #look(): void {
    if (this.#underWay.size === 0) return
    const nowMs = this.#parts.clock.now()
    this.#unreachable = new Set(
      this.#parts.wire.links().flatMap(({ peer, isConnected }) => (isConnected ? [] : [peer])),
    )
    for (const request of this.#underWay.values()) {
      if (nowMs >= request.deadlineMs) this.#giveUp(request)
      else if (request.isPausing && nowMs >= request.dueMs) this.#send(request)
      else if (!request.isPausing && (nowMs >= request.dueMs || this.#unreachable.has(request.target))) {
        this.#silent(request)
      }
    }
  }

  #giveUp(request: UnderWay): void {
    // An attempt that was sent a moment ago may be carried out yet.
    if (!request.isPausing) request.isUncertain = true
    this.#finish(request, refusal(request))
  }

  #silent(request: UnderWay): void {
    request.isUncertain = true
    request.target = this.#after(request.target)
    this.#send(request)
  }

  /** The one to ask after this one. Whoever led until now is not asked first any more if this was it. */
  #after(target: NodeId): NodeId {
    if (this.#leader !== target) return this.#leader
    const { peers } = this.#parts
    const others = [...peers.slice(peers.indexOf(target) + 1), ...peers.slice(0, peers.indexOf(target))]
    this.#leader = others.find((peer) => !this.#unreachable.has(peer)) ?? others[0] ?? target
    return this.#leader
  }

  #finish(request: UnderWay, result: Result<Answer>): void {
    this.#underWay.delete(request.number)
    request.done(result)
  }
}

/** What the last refusal means for all attempts together. */
function refusal({ isUncertain, lastRefusal }: UnderWay): Result<never> {
  if (isUncertain) return fail('timed-out', `nobody knows whether it happened; last it was refused: ${lastRefusal}`)
  return fail(lastRefusal, 'the group refused it')
}

function resultOf<Kind extends keyof AnswerValues>(result: Result<Answer>, kind: Kind): Result<AnswerValues[Kind]> {
  if (!result.ok) return result
  const answer: { readonly kind: string; readonly value?: unknown } = result.value
  if (answer.kind !== kind) return fail('internal', `an answer of the kind ${answer.kind}`)
  return ok(answer.value as AnswerValues[Kind]) // its kind was compared above
}
