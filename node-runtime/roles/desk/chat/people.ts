import type { PersonRow } from '#contract/worker/chat-calls'
import type { UserRow } from '#cores/chat/messages'
import type { Clock } from '#ports/clock'
import { decodePassing, passingLimits } from '../../chat/native-topics.ts'
import type { SessionLink } from './session-link.ts'

const peopleMax = 20_000

/** `password`: null where there is none. */
export type Person = Pick<UserRow, 'name' | 'isBot' | 'password'>

/** Who there is and who is here, for all sessions of a desk. What somebody is, is asked once: they stay what they are. */
export class People {
  readonly #clock: Pick<Clock, 'now'>
  readonly #untilMs = new Map<string, number>()
  readonly #known = new Map<string, Person>()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  row({ name, isBot, password }: Person): PersonRow {
    return { name, isBot, isProtected: password !== null, isHere: this.#isHere(name) }
  }

  learn({ name, isBot, password }: Person): void {
    keepNewest(this.#known, name, { name, isBot, password })
  }

  /** Asked for by whoever may. null: there is nobody of that name, or nobody answers. */
  find(name: string, link: Pick<SessionLink, 'query'>, done: (person: Person | null) => void): void {
    const known = this.#known.get(name)
    if (known !== undefined) return done(known)
    link.query({ kind: 'user', user: name }, (result) => {
      const user = result.ok ? result.value.user : null
      if (user !== null) this.learn(user)
      done(user)
    })
  }

  /** Whoever is here now and was not before; null: nobody. */
  hear(payload: Uint8Array): string | null {
    const passing = decodePassing(payload)
    if (passing === null) return null
    const { user } = passing
    const wasHere = this.#isHere(user)
    // By the time at which it came here: the server's clock may be another.
    keepNewest(this.#untilMs, user, this.#clock.now() + passingLimits.presenceMs)
    return wasHere ? null : user
  }

  /** Those of whom nothing was heard for too long. */
  leave(): readonly string[] {
    const nowMs = this.#clock.now()
    const gone: string[] = []
    for (const [user, untilMs] of this.#untilMs) {
      if (untilMs > nowMs) break
      this.#untilMs.delete(user)
      gone.push(user)
    }
    return gone
  }

  #isHere(user: string): boolean {
    return (this.#untilMs.get(user) ?? 0) > this.#clock.now()
  }
}

/** Who writes now, by conversation. */
export class Typing {
  readonly #clock: Pick<Clock, 'now'>
  readonly #untilMs = new Map<string, Map<string, number>>()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  in(conversation: string): readonly string[] {
    return [...(this.#untilMs.get(conversation)?.keys() ?? [])]
  }

  /** True: that is news. */
  hear(conversation: string, user: string): boolean {
    const users = this.#untilMs.get(conversation) ?? new Map<string, number>()
    this.#untilMs.set(conversation, users)
    const isNews = !users.has(user)
    users.set(user, this.#clock.now() + passingLimits.typingMs)
    return isNews
  }

  /** Whoever has said it writes no more. True: that is news. */
  stop(conversation: string, user: string): boolean {
    return this.#untilMs.get(conversation)?.delete(user) ?? false
  }

  /** Conversations in which somebody writes no more. */
  leave(): readonly string[] {
    const nowMs = this.#clock.now()
    const changed: string[] = []
    for (const [conversation, users] of this.#untilMs) {
      const gone = [...users].filter(([, untilMs]) => untilMs <= nowMs)
      for (const [user] of gone) users.delete(user)
      if (users.size === 0) this.#untilMs.delete(conversation)
      if (gone.length > 0) changed.push(conversation)
    }
    return changed
  }
}

/** Last of all; the oldest goes when it is one too many. */
function keepNewest<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > peopleMax && oldest !== undefined) map.delete(oldest)
}
