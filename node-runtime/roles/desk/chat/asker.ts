import { type FailureCode, failures } from '#kit/failures'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { Wire } from '#ports/wire'
import { type AnswerBody, decodeAnswerBody } from '../../chat/answer-bodies.ts'
import { type AskBody, encodeAskBody } from '../../chat/ask-bodies.ts'
import { chatWire, decodeAnswer, encodeAsk } from '../../chat/ask-codec.ts'
import type { Post } from '../../post.ts'

export const askerLimits = {
  openMax: 1_000,
  /** Silence after which the broker is asked again: it may have died, and what it had open with it. Twice as long each time. */
  againMsMin: 1_500,
  againMsMax: 6_000,
  /** After a failure that may pass; twice as long each time. */
  retryMsMin: 100,
  retryMsMax: 1_000,
  /** What people wait for: less than their shell does. */
  peopleMs: 4_000,
  /** Silence that is worth telling of. */
  silentMsMin: 400,
  /** Whoever gave up and asks again so soon still waits for the same. */
  waitsOnMs: 5_000,
} as const

const refsPerLife = 1_000_000_000

/** It may fare better in a moment, under the same id. */
const passing: ReadonlySet<FailureCode> = new Set(['timed-out', 'node-down', 'not-ready', 'not-leader', 'busy'])

export interface ChatAsk {
  readonly body: AskBody
  /** Which window asks, for the rates of the servers. */
  readonly from: string
  /** Of a deed that has one; a new one otherwise. */
  readonly id?: string
  readonly withinMs?: number
}

/** Somebody asked, and had to wait so long. */
export interface Wait {
  readonly fromWallMs: number
  readonly ms: number
}

export interface ChatAskerParts {
  readonly post: Pick<Post, 'life' | 'read' | 'send'>
  readonly broker: NodeId
  readonly clock: Pick<Clock, 'now' | 'wall'>
  readonly random: Random
  readonly wire: Pick<Wire, 'links'>
  /** Told when something comes after a silence. */
  readonly onWaited: (wait: Wait) => void
  /** Told when something was done. */
  readonly onActed: () => void
}

type Answered = Exclude<AnswerBody, { readonly kind: 'failed' | 'handed-back' }>

interface Open {
  readonly id: string
  readonly from: string
  readonly body: Uint8Array
  readonly askedMs: number
  readonly endMs: number
  readonly done: (result: Result<Answered>) => void
  readonly refs: number[]
  /** Slow by nature, and so no sign of silence. */
  readonly isSlow: boolean
  dueMs: number
  againMs: number
  retryMs: number
}

/**
 * Asks the chat, by its broker. The same is asked again under the same id after silence, whoever died in between: what is
 * asked twice happens once.
 */
export class ChatAsker {
  readonly #parts: ChatAskerParts
  readonly #open = new Set<Open>()
  readonly #byRef = new Map<number, Open>()
  #lastRef: number
  #hasAnswered = false
  #wasReachable = false
  /** When the first question was asked that nobody has answered; null: none is open. */
  #waitsSinceMs: number | null = null
  #gaveUpMs = Number.NEGATIVE_INFINITY

  constructor(parts: ChatAskerParts) {
    this.#parts = parts
    // An answer to something that an earlier life asked is none to what this one asks.
    this.#lastRef = parts.post.life * refsPerLife
    parts.post.read([chatWire.answer], ({ from, body: bytes }) => {
      const answer = from === parts.broker ? decodeAnswer(bytes) : null
      // The wire's memory is not ours for longer than this.
      const body = answer === null ? null : decodeAnswerBody(answer.body.slice())
      if (answer === null || body === null) return 'malformed'
      this.#heard(answer.ref, body)
      return null
    })
  }

  /** How long somebody has waited now, past what is worth telling; null: nobody has. */
  get silence(): Wait | null {
    const { clock } = this.#parts
    const waitedMs = this.#waitedMs()
    if (waitedMs < askerLimits.silentMsMin) return null
    return { fromWallMs: clock.wall() - waitedMs, ms: waitedMs }
  }

  /** Something was answered since the last question that stayed open too long. */
  get isAnswering(): boolean {
    return this.#hasAnswered && this.silence === null
  }

  /** There is a way to the broker: what is asked now may be heard. */
  get isReachable(): boolean {
    const { wire, broker } = this.#parts
    return wire.links().some(({ peer, isConnected }) => peer === broker && isConnected)
  }

  freshId(): string {
    return freshId(this.#parts.random)
  }

  ask({ body, from, id, withinMs = askerLimits.peopleMs }: ChatAsk, done: (result: Result<Answered>) => void): void {
    if (this.#open.size >= askerLimits.openMax) return done(fail('busy', 'too many questions are open'))
    const nowMs = this.#parts.clock.now()
    const open: Open = {
      ...{ id: id ?? this.freshId(), from, body: encodeAskBody(body), done, refs: [] },
      ...{ askedMs: nowMs, endMs: nowMs + withinMs, dueMs: nowMs },
      ...{ againMs: askerLimits.againMsMin, retryMs: askerLimits.retryMsMin, isSlow: !isQuick(body) },
    }
    if (!open.isSlow) this.#beginWait(nowMs)
    this.#open.add(open)
    this.#send(open, nowMs)
  }

  tick(): void {
    const nowMs = this.#parts.clock.now()
    this.#lookWhoIsThere(nowMs)
    for (const open of [...this.#open]) {
      if (nowMs >= open.endMs) this.#giveUp(open, nowMs)
      else if (nowMs >= open.dueMs) this.#send(open, nowMs)
    }
  }

  /** A broker that has just come knows nothing of what was asked before. */
  #lookWhoIsThere(nowMs: number): void {
    if (this.#open.size === 0) return
    const { isReachable } = this
    if (isReachable && !this.#wasReachable) for (const open of this.#open) open.dueMs = nowMs
    this.#wasReachable = isReachable
  }

  #send(open: Open, nowMs: number): void {
    const { post, broker } = this.#parts
    this.#lastRef += 1
    const ref = this.#lastRef
    open.refs.push(ref)
    this.#byRef.set(ref, open)
    open.dueMs = nowMs + open.againMs
    open.againMs = Math.min(open.againMs * 2, askerLimits.againMsMax)
    const { id, from, body } = open
    post.send(broker, { kind: chatWire.ask, body: encodeAsk({ ref, id, from, body }), cause: null })
  }

  #heard(ref: number, body: AnswerBody): void {
    const open = this.#byRef.get(ref)
    // What was asked twice may be answered twice.
    if (open === undefined || body.kind === 'handed-back') return
    if (body.kind === 'failed' && passing.has(body.failure.code)) return this.#retry(open)
    this.#tellWait(open)
    this.#hasAnswered = true
    if (body.kind === 'outcome') this.#parts.onActed()
    this.#settle(open, body.kind === 'failed' ? { ok: false, failure: body.failure } : ok(body))
  }

  #retry(open: Open): void {
    open.dueMs = this.#parts.clock.now() + open.retryMs
    open.retryMs = Math.min(open.retryMs * 2, askerLimits.retryMsMax)
  }

  #beginWait(nowMs: number): void {
    const isWaiting = this.#quick.length > 0 || nowMs - this.#gaveUpMs < askerLimits.waitsOnMs
    if (this.#waitsSinceMs === null || !isWaiting) this.#waitsSinceMs = nowMs
  }

  #giveUp(open: Open, nowMs: number): void {
    if (!open.isSlow) this.#gaveUpMs = nowMs
    this.#settle(open, fail('timed-out', 'the chat did not answer in time'))
  }

  /** Somebody answers: what is open now is what is waited for from here on. */
  #tellWait(open: Open): void {
    const waitedMs = this.#waitedMs()
    this.#gaveUpMs = Number.NEGATIVE_INFINITY
    const others = this.#quick.filter((one) => one !== open).map(({ askedMs }) => askedMs)
    this.#waitsSinceMs = others.length === 0 ? null : Math.min(...others)
    if (waitedMs > 0) this.#parts.onWaited({ fromWallMs: this.#parts.clock.wall() - waitedMs, ms: waitedMs })
  }

  /** Those that are answered at once by a chat that is led. */
  get #quick(): readonly Open[] {
    return [...this.#open].filter(({ isSlow }) => !isSlow)
  }

  #waitedMs(): number {
    const nowMs = this.#parts.clock.now()
    const isWaiting = this.#quick.length > 0 || nowMs - this.#gaveUpMs < askerLimits.waitsOnMs
    return isWaiting && this.#waitsSinceMs !== null ? nowMs - this.#waitsSinceMs : 0
  }

  #settle(open: Open, result: Result<Answered>): void {
    this.#open.delete(open)
    for (const ref of open.refs) this.#byRef.delete(ref)
    open.done(result)
  }
}

/** 16 bytes as hex. */
export function freshId(random: Random): string {
  return toHex(Uint8Array.from({ length: 16 }, () => random.below(256)))
}

/** A refusal of what was asked, which is the same another time. */
export function isFinal(code: FailureCode): boolean {
  return failures[code].definite && !passing.has(code) && code !== 'too-many' && code !== 'not-signed-in'
}

/** Passwords and words take their time. */
function isQuick({ kind }: AskBody): boolean {
  return kind === 'act' || kind === 'query'
}
