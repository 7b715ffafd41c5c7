import type { ChatQuery, Deed, DeedId, DeedOutcome, What } from '#cores/chat/messages'
import { directId } from '#cores/chat/rows'
import type { Random } from '#kit/random'

/** Ana and Rui share what Eva may not see. */
export const people = ['ana', 'rui', 'eva'] as const
export type Name = (typeof people)[number]

const planDeed = idOf(7)
export const general = 'c:general'
export const plan = `p:${planDeed}`
export const direct = directId('ana', 'rui')
const lock = 'the lock'

export function idOf(number: number): DeedId {
  return number.toString(16).padStart(32, '0')
}

/** What there must be before anybody does anything, under ids of its own: whoever comes first does it. */
export const beginnings: readonly Deed[] = [
  ...people.map((user) => system({ kind: 'sign-up', user, password: '$', isBot: false })),
  { actor: 'ana', what: { kind: 'create-channel', name: 'plan', title: '', isPrivate: true, fence: null } } as const,
  { actor: 'ana', what: { kind: 'invite', conversation: plan, user: 'rui' } } as const,
  ...people.map((actor) => ({ actor, what: { kind: 'join', channel: 'general' } as const })),
  system({ kind: 'token-key', key: new Uint8Array(32).fill(9) }),
].map((deed, at) => ({ ...deed, id: at === people.length ? planDeed : idOf(100 + at) }))

function system(what: What): { readonly actor: null; readonly what: What } {
  return { actor: null, what }
}

/** Somebody who does one thing after the other, and remembers what came of it. */
export class Person {
  readonly name: Name
  readonly #random: Random
  readonly #said: DeedId[] = []
  #fence: number | null = null
  #seen = 0
  /** Waits for an answer. */
  isBusy = false

  constructor(name: Name, random: Random) {
    this.name = name
    this.#random = random
  }

  next(id: DeedId): Deed {
    this.isBusy = true
    return { id, actor: this.name, what: this.#wish(id) }
  }

  learn({ id, what }: Deed, outcome: DeedOutcome): void {
    this.isBusy = false
    if (what.kind === 'keep-lock' || what.kind === 'give-lock') this.#fence = null
    if (outcome.kind === 'refused') return
    if (what.kind === 'say') this.#said.push(id)
    if (what.kind === 'ask-lock' || what.kind === 'keep-lock') this.#fence = outcome.fence
    if (outcome.event?.feed === general) this.#seen = outcome.event.number
  }

  #wish(id: DeedId): What {
    const random = this.#random
    const own = this.#said.length === 0 ? id : random.pick(this.#said)
    switch (random.below(16)) {
      case 0:
      case 1:
        return { kind: 'edit', message: own, text: wordsOf(id) }
      case 2:
      case 3:
        return { kind: 'delete', message: own }
      case 4:
        return { kind: 'react', message: own, emoji: random.pick(['👍', '🐝']), isOn: random.chance(2, 3) }
      case 5:
      case 6:
        return { kind: 'read', upTo: [{ conversation: general, number: random.below(this.#seen + 4) }] }
      case 7:
      case 8:
      case 9:
        return this.#lockWish()
      case 10:
        return random.chance(1, 2) ? { kind: 'join', channel: 'random' } : { kind: 'leave', conversation: 'c:random' }
      default:
        return this.#sayWish(id)
    }
  }

  #sayWish(id: DeedId): What {
    const place = this.name === 'eva' || this.#random.chance(2, 3) ? general : plan
    const isDirect = this.name !== 'eva' && this.#random.chance(1, 6)
    const to = isDirect
      ? ({ kind: 'user', name: this.name === 'ana' ? 'rui' : 'ana' } as const)
      : ({ kind: 'conversation', conversation: place } as const)
    return { kind: 'say', to, text: `${wordsOf(id)} @${this.#random.pick(people)}`, replyTo: null, through: 'native' }
  }

  #lockWish(): What {
    const holder = `${this.name}/1`
    if (this.#fence === null) return { kind: 'ask-lock', lock, holder }
    return { kind: this.#random.chance(1, 2) ? 'keep-lock' : 'give-lock', lock, holder, fence: this.#fence }
  }
}

/** What is said under an id, and nowhere else. */
function wordsOf(id: DeedId): string {
  return `word-${id}-`
}

/** Questions to which Eva gets no answer. */
export function pryingQuery(random: Random): ChatQuery {
  const conversation = random.pick([plan, direct])
  switch (random.below(6)) {
    case 0:
      return { kind: 'history', as: 'eva', conversation, from: 1_000, order: 'down', limit: 5 }
    case 1:
      return { kind: 'events', as: 'eva', feed: random.chance(1, 2) ? conversation : 'u:ana', after: 0, limit: 5 }
    case 2:
      return { kind: 'conversation', as: 'eva', conversation }
    case 3:
      return { kind: 'members', as: 'eva', conversation, after: null, limit: 5 }
    case 4:
      return { kind: 'conversations', as: 'eva', after: null, limit: 50 }
    default:
      return { kind: 'channels', after: null, limit: 50 }
  }
}
