import { chatDeskLimits } from '#contract/worker/chat-calls'
import { decodeText, encodeText } from '#kit/bytes'
import type { FailureCode } from '#kit/failures'
import { fail, ok, type Result } from '#kit/result'
import type { Store } from '#ports/store'
import { durably } from '../durable.ts'

const space = 'chat-outbox'
const digits = 12

/** `sent`: the chat may have it; it is asked again until it says what became of it. */
export interface OutboxMessage {
  readonly position: number
  readonly id: string
  readonly conversation: string
  readonly text: string
  readonly replyTo: string | null
  readonly state: 'waiting' | 'sent' | 'refused'
  readonly whyRefused: FailureCode | null
  readonly takenWallMs: number
}

export type Said = Pick<OutboxMessage, 'id' | 'conversation' | 'text' | 'replyTo'>

/**
 * What one user wants to say, in the order in which it was said. Each change is on the disk when the call returns; what
 * cannot be written is refused and has changed nothing. What the chat has is not kept here any more.
 */
export class ChatOutbox {
  readonly #store: Store
  readonly #session: string
  #messages: readonly OutboxMessage[]
  #next: number
  readonly #settled: number[] = []

  constructor(store: Store, session: string) {
    this.#store = store
    this.#session = session
    const rows = store.view().scan(space, { from: `${session}/`, before: `${session}0` })
    this.#messages = rows.map(({ value }) => JSON.parse(decodeText(value) ?? '') as OutboxMessage) // written below, under a checksum
    this.#next = (this.#messages.at(-1)?.position ?? 0) + 1
  }

  /** In their order. */
  get messages(): readonly OutboxMessage[] {
    return this.#messages
  }

  /** What nobody has refused. */
  get waiting(): number {
    return this.#messages.filter(({ state }) => state !== 'refused').length
  }

  /** The one that has its turn: one after the other, so that they keep their order whoever leads. */
  get first(): OutboxMessage | null {
    return this.#messages.find(({ state }) => state !== 'refused') ?? null
  }

  find(id: string): OutboxMessage | null {
    return this.#messages.find((message) => message.id === id) ?? null
  }

  /** `isSent`: it goes out in this very moment. null: it was here already. */
  take(said: Said, wallMs: number, isSent: boolean): Result<OutboxMessage | null> {
    if (this.find(said.id) !== null) return ok(null)
    if (this.#messages.length >= chatDeskLimits.outboxMax) {
      return fail('busy', `${this.#messages.length} messages of this user wait`)
    }
    const state = isSent ? 'sent' : 'waiting'
    const message: OutboxMessage = { position: this.#next, ...said, state, whyRefused: null, takenWallMs: wallMs }
    const written = this.#put(message)
    if (!written.ok) return written
    this.#next += 1
    this.#messages = [...this.#messages, message]
    return ok(message)
  }

  markSent(id: string): Result<null> {
    return this.#change(id, { state: 'sent' })
  }

  refuse(id: string, whyRefused: FailureCode): Result<null> {
    return this.#change(id, { state: 'refused', whyRefused })
  }

  /**
   * The chat has it. The disk hears of it a moment later, with others: whoever waits to see the message does not wait for
   * that, and a desk that dies in between asks again and is told that it was done before.
   */
  settle(id: string): void {
    const message = this.find(id)
    if (message === null) return
    this.#settled.push(message.position)
    this.#messages = this.#messages.filter((one) => one !== message)
  }

  /** What the disk has not heard yet. It is tried again when it cannot be written. */
  flush(): void {
    if (this.#settled.length === 0) return
    const written = durably(this.#store, (tx) => {
      for (const position of this.#settled) tx.delete(space, this.#key(position))
    })
    if (written.ok) this.#settled.length = 0
  }

  /** Nobody wants it any more. */
  remove(id: string): Result<null> {
    const message = this.find(id)
    if (message === null) return ok(null)
    const written = durably(this.#store, (tx) => tx.delete(space, this.#key(message.position)))
    if (!written.ok) return written
    this.#messages = this.#messages.filter((one) => one !== message)
    return ok(null)
  }

  clear(): Result<null> {
    const written = durably(this.#store, (tx) => {
      const positions = [...this.#messages.map(({ position }) => position), ...this.#settled]
      for (const position of positions) tx.delete(space, this.#key(position))
    })
    if (!written.ok) return written
    this.#messages = []
    this.#settled.length = 0
    return ok(null)
  }

  #change(id: string, change: Partial<OutboxMessage>): Result<null> {
    const before = this.find(id)
    if (before === null) return ok(null)
    const after = { ...before, ...change }
    const written = this.#put(after)
    if (written.ok) this.#messages = this.#messages.map((one) => (one === before ? after : one))
    return written
  }

  #put(message: OutboxMessage): Result<null> {
    const written = durably(this.#store, (tx) =>
      tx.put(space, this.#key(message.position), encodeText(JSON.stringify(message))),
    )
    return written.ok ? ok(null) : written
  }

  #key(position: number): string {
    return `${this.#session}/${String(position).padStart(digits, '0')}`
  }
}
