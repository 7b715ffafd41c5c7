import type { ChatQuery } from '#cores/chat/messages'
import type { NodeId } from '#kit/ids'
import type { Post } from '../post.ts'
import { type AnswerBody, encodeAnswerBody } from './answer-bodies.ts'
import { type AskBody, decodeAskBody } from './ask-bodies.ts'
import { type AskOnWire, chatWire, decodeAsk, encodeAnswer } from './ask-codec.ts'

export interface AskDoorParts {
  readonly post: Post
  /** All requests come by it. */
  readonly broker: NodeId
  /** What is answered at once whatever is asked; null: it is served. */
  readonly refuse: () => AnswerBody | null
  readonly serve: (asked: AskOnWire, ask: AskBody, done: Done) => void
}

export type Done = (body: AnswerBody) => void

export const askDoorLimits = {
  /** Requests under way. Past that: busy. */
  openMax: 8_192,
} as const

/** Where the broker brings requests to a server of either profile, ours and those of programs. */
export class AskDoor {
  readonly #parts: AskDoorParts
  #open = 0

  constructor(parts: AskDoorParts) {
    this.#parts = parts
    parts.post.read([chatWire.ask], ({ from, body }) => {
      const asked = from === parts.broker ? decodeAsk(body) : null
      // The wire's memory is not ours for as long as an answer may take.
      const ask = asked === null ? null : decodeAskBody(asked.body.slice())
      if (asked === null || ask === null) return 'malformed'
      this.#hear(asked, ask)
      return null
    })
  }

  get open(): number {
    return this.#open
  }

  #hear(asked: AskOnWire, ask: AskBody): void {
    const { post, broker, refuse, serve } = this.#parts
    const reply: Done = (body) => {
      const answer = encodeAnswer({ ref: asked.ref, body: encodeAnswerBody(body) })
      post.send(broker, { kind: chatWire.answer, body: answer, cause: null })
    }
    const refusal = refuse()
    if (refusal !== null) return reply(refusal)
    if (this.#open >= askDoorLimits.openMax) {
      return reply({ kind: 'failed', failure: { code: 'busy', message: 'too many requests are under way' } })
    }
    this.#open += 1
    serve(asked, ask, (body) => {
      this.#open -= 1
      reply(body)
    })
  }
}

/** What may be asked by who has not signed in. */
export function isForAll({ kind }: ChatQuery): boolean {
  return kind === 'status' || kind === 'locks' || kind === 'channels'
}
