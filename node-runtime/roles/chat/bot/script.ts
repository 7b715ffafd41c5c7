import type { CourseAsk, CourseReply } from '#dialects/chat/index'
import type { Random } from '#kit/random'

export const botPace = {
  /** One thing each time: a message a second, in a room where people talk as well. */
  beatMs: 1_000,
  /** As the assignment says: so many to one channel, then again. */
  messagesPerRound: 10,
  /** Between two rounds. */
  restBeats: 10,
} as const

const words = ['eco', 'grilo', 'sabia', 'tico', 'pixel', 'bit', 'nuvem', 'cabo'] as const
const sentences = [
  'Bom dia a todos!',
  'Alguém já terminou o trabalho?',
  'O relógio lógico só anda para a frente.',
  'Quem é o líder agora?',
  'Mensagem de teste, podem ignorar.',
  'Aqui a rede está boa.',
  'Consenso é mais difícil do que parece.',
  'Até daqui a pouco.',
] as const

type State =
  | { readonly kind: 'log-in' | 'choose' }
  | { readonly kind: 'talk'; readonly channel: string; readonly left: number; readonly message: string }
  | { readonly kind: 'rest'; readonly beats: number }

/** What a bot of the course does, beat by beat, for ever. What was not answered is done again. */
export class BotScript {
  readonly #random: Random
  #state: State = { kind: 'log-in' }
  #name: string
  said = 0
  refused = 0

  /** `name`: of an earlier life; null: it draws one. */
  constructor(random: Random, name: string | null) {
    this.#random = random
    this.#name = name ?? this.#draw()
  }

  get name(): string {
    return this.#name
  }

  /** Where it talks now. */
  get channel(): string | null {
    return this.#state.kind === 'talk' ? this.#state.channel : null
  }

  /** null: it rests. */
  next(): CourseAsk | null {
    switch (this.#state.kind) {
      case 'log-in':
        return { kind: 'login', user: this.#name }
      case 'choose':
        return { kind: 'channels' }
      case 'talk':
        return { kind: 'publish', user: this.#name, channel: this.#state.channel, message: this.#state.message }
      case 'rest': {
        const beats = this.#state.beats - 1
        this.#state = beats > 0 ? { kind: 'rest', beats } : { kind: 'choose' }
        return null
      }
    }
  }

  /** What came of it; null: nothing, so that it does the same again. */
  heard(reply: CourseReply | null): void {
    if (reply === null) return
    if (reply.isRefused) this.#isRefused(reply)
    else this.#goOn(reply)
  }

  /** A name that may not be used is changed; whatever else it was, it begins anew. */
  #isRefused({ mayPass }: CourseReply): void {
    this.refused += 1
    if (this.#state.kind === 'log-in' && !mayPass) this.#name = this.#draw()
    this.#state = { kind: 'log-in' }
  }

  #goOn({ channels }: CourseReply): void {
    const state = this.#state
    if (state.kind === 'log-in') this.#state = { kind: 'choose' }
    else if (state.kind === 'choose') this.#state = this.#begin(channels ?? [])
    else if (state.kind === 'talk') {
      this.said += 1
      const left = state.left - 1
      this.#state = left > 0 ? this.#talk(state.channel, left) : { kind: 'rest', beats: botPace.restBeats }
    }
  }

  #begin(channels: readonly string[]): State {
    if (channels.length === 0) return { kind: 'rest', beats: botPace.restBeats }
    return this.#talk(this.#random.pick(channels), botPace.messagesPerRound)
  }

  #talk(channel: string, left: number): State {
    return { kind: 'talk', channel, left, message: this.#random.pick(sentences) }
  }

  /** So that people see what it is; programs of the account chat know bots by the same beginning. */
  #draw(): string {
    return `bot-${this.#random.pick(words)}-${1_000 + this.#random.below(9_000)}`
  }
}
