import { ByteWriter } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'
import type { EndpointRequest } from '#ports/endpoint'
import type { Wire } from '#ports/wire'
import {
  apiAnswerKind,
  apiLimits,
  apiLongRequestKind,
  apiPartKind,
  decodeAnswerPart,
  decodeApiAnswer,
  encodeApiRequest,
  type WholeAnswer,
} from './api-codec.ts'
import type { Post } from './post.ts'

export interface WireCallsParts {
  readonly post: Pick<Post, 'life' | 'read' | 'send'>
  readonly clock: Pick<Clock, 'now' | 'every'>
  readonly wire: Pick<Wire, 'links'>
}

export const wireCallLimits = {
  /** Requests under way. Past that: not sent. */
  underWayMax: 8_192,
  lookEveryMs: 20,
} as const

/** What comes back from whoever was asked. */
export const apiAnswerKinds: readonly string[] = [apiAnswerKind, apiPartKind]

/** With all lives below what can be counted with: what a former life asked must not be taken for an answer to this one. */
export const requestsPerLife = 900_000_000

/** `silent`: it was sent, and nobody knows what became of it. `not-sent`: it certainly was not. */
export type Called =
  | { readonly kind: 'answered'; readonly answer: WholeAnswer; readonly tookMs: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'not-sent' }

interface UnderWay {
  readonly to: NodeId
  readonly sentMs: number
  readonly deadlineMs: number
  readonly done: (called: Called) => void
  /** Of a long answer, in their order. */
  readonly parts: Uint8Array[]
}

/** Asks another node what it answers strangers over HTTP, once. Whether to ask again, whoever calls knows. */
export class WireCalls {
  readonly #parts: WireCallsParts
  readonly #underWay = new Map<number, UnderWay>()
  #unreachable: ReadonlySet<NodeId> = new Set()
  #lastRef: number

  constructor(parts: WireCallsParts) {
    this.#parts = parts
    this.#lastRef = parts.post.life * requestsPerLife
    parts.post.read(apiAnswerKinds, ({ from, kind, body }) =>
      kind === apiPartKind ? this.#heardPart(from, body) : this.#heard(from, body),
    )
  }

  /** As of the last look. */
  isReachable(node: NodeId): boolean {
    return !this.#unreachable.has(node)
  }

  /** `done` is called once, at once when it cannot be sent. */
  ask(
    to: NodeId,
    { request, withinMs }: { readonly request: EndpointRequest; readonly withinMs: number },
    done: (called: Called) => void,
  ): void {
    const { post, clock } = this.#parts
    if (this.#underWay.size >= wireCallLimits.underWayMax) return done({ kind: 'not-sent' })
    this.#lastRef += 1
    const ref = this.#lastRef
    const body = encodeApiRequest({ ref, request })
    if (!post.send(to, { kind: apiLongRequestKind, body, cause: null })) return done({ kind: 'not-sent' })
    const sentMs = clock.now()
    this.#underWay.set(ref, { to, sentMs, deadlineMs: sentMs + withinMs, done, parts: [] })
  }

  #heard(from: NodeId, bytes: Uint8Array): 'malformed' | null {
    const answered = decodeApiAnswer(bytes)
    if (answered === null) return 'malformed'
    const { ref, answer } = answered
    const call = this.#underWay.get(ref)
    if (call?.to !== from) return null // it was given up
    this.#underWay.delete(ref)
    call.done({ kind: 'answered', answer, tookMs: this.#parts.clock.now() - call.sentMs })
    return null
  }

  /** Of an answer that is missing a part the rest is worth nothing: then its node was silent. */
  #heardPart(from: NodeId, bytes: Uint8Array): 'malformed' | null {
    const read = decodeAnswerPart(bytes)
    if (read === null) return 'malformed'
    const call = this.#underWay.get(read.ref)
    if (call?.to !== from || read.part !== call.parts.length) return null
    // The wire's memory is not ours until the last part is there.
    call.parts.push(read.bytes.slice())
    if (call.parts.length < read.parts) return null
    const whole = new ByteWriter(apiLimits.partBytes * read.parts)
    for (const part of call.parts) whole.rest(part)
    return this.#heard(from, whole.done())
  }

  /** Now and then: who was silent for too long, or has gone. */
  look(): void {
    const links = this.#parts.wire.links()
    this.#unreachable = new Set(links.flatMap(({ peer, isConnected }) => (isConnected ? [] : [peer])))
    const nowMs = this.#parts.clock.now()
    const silent = [...this.#underWay].filter(
      ([, { to, deadlineMs }]) => nowMs >= deadlineMs || this.#unreachable.has(to),
    )
    for (const [ref, { done }] of silent) {
      this.#underWay.delete(ref)
      done({ kind: 'silent' })
    }
  }
}
