import type { ChatEvent } from '#cores/chat/messages'
import type { FailureCode } from '#kit/failures'
import type { Clock } from '#ports/clock'
import { codeOfRefusal } from '../../chat/refusals.ts'
import { isFinal } from './asker.ts'
import type { ChatOutbox } from './outbox.ts'
import type { SessionLink } from './session-link.ts'

export const senderLimits = {
  /** All attempts at one message before the sender takes breath; it is asked for again after that, for ever. */
  withinMs: 20_000,
  pauseMsMin: 100,
  pauseMsMax: 3_000,
} as const

export interface SenderParts {
  readonly outbox: ChatOutbox
  readonly link: Pick<SessionLink, 'act'>
  readonly clock: Pick<Clock, 'now'>
  /** Signed in, and with a way to the chat. Without it nothing goes out, and what waits can still be taken back. */
  readonly isReady: () => boolean
  /** It stands otherwise in the outbox now. */
  readonly onChange: (id: string) => void
  /** The chat has it, and this is where. */
  readonly onStored: (event: ChatEvent) => void
}

/** Says what a user wants to say, one message after the other under its own id: each once, in order, whoever dies. */
export class ChatSender {
  readonly #parts: SenderParts
  #isUnderWay = false
  #notBeforeMs = 0
  #pauseMs: number = senderLimits.pauseMsMin

  constructor(parts: SenderParts) {
    this.#parts = parts
  }

  /** Whether the next message would go out at once. */
  get isIdle(): boolean {
    const { outbox, clock, isReady } = this.#parts
    return !this.#isUnderWay && outbox.first === null && isReady() && clock.now() >= this.#notBeforeMs
  }

  wake(): void {
    const { outbox, link, clock, isReady, onChange } = this.#parts
    const message = outbox.first
    if (this.#isUnderWay || message === null || !isReady() || clock.now() < this.#notBeforeMs) return
    const { id, conversation, text, replyTo, state } = message
    if (state === 'waiting') {
      // Before it goes out: what the chat may have is never taken back as if it had not been said.
      if (!outbox.markSent(id).ok) return this.#pause()
      onChange(id)
    }
    this.#isUnderWay = true
    const to = { kind: 'conversation', conversation } as const
    const { withinMs } = senderLimits
    link.act({ kind: 'say', to, text, replyTo, through: 'native' }, { id, withinMs }, (result) => {
      this.#isUnderWay = false
      if (!result.ok) this.#failed(id, result.failure.code)
      else if (result.value.kind === 'refused') this.#refused(id, codeOfRefusal[result.value.why])
      else this.#stored(id, result.value.event)
      this.wake()
    })
  }

  #stored(id: string, event: ChatEvent | null): void {
    const { outbox, onStored } = this.#parts
    this.#pauseMs = senderLimits.pauseMsMin
    outbox.settle(id)
    if (event !== null) onStored(event)
  }

  #failed(id: string, code: FailureCode): void {
    if (isFinal(code)) this.#refused(id, code)
    else this.#pause()
  }

  #refused(id: string, why: FailureCode): void {
    this.#pauseMs = senderLimits.pauseMsMin
    if (!this.#parts.outbox.refuse(id, why).ok) return this.#pause()
    this.#parts.onChange(id)
  }

  #pause(): void {
    this.#notBeforeMs = this.#parts.clock.now() + this.#pauseMs
    this.#pauseMs = Math.min(this.#pauseMs * 2, senderLimits.pauseMsMax)
  }
}
