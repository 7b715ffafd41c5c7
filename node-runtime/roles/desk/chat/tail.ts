import type { ChatEvent, Message } from '#cores/chat/messages'
import type { PlaceOf } from './places.ts'

export const tailLimits = {
  /** Of one conversation. Older ones are asked for. */
  messagesMax: 400,
} as const

/** A part of a conversation's messages, oldest first, without a hole in it. */
export interface Stretch {
  readonly messages: readonly Message[]
  /** There is none before, or after them. */
  readonly isBeginning: boolean
  readonly isEnd: boolean
}

/** Before or after a place; before it, with the message of that place or without it. */
export type Where =
  | 'end'
  | { readonly place: string; readonly order: 'up' }
  | { readonly place: string; readonly order: 'down'; readonly isIncluded: boolean }

/** The newest messages of one conversation, so that what is looked at most is there although nobody answers. */
export class Tail {
  readonly #placeOf: PlaceOf
  #messages: Message[]
  #isBeginning: boolean

  constructor({ messages, isBeginning }: Pick<Stretch, 'messages' | 'isBeginning'>, placeOf: PlaceOf) {
    this.#placeOf = placeOf
    this.#messages = [...messages]
    this.#isBeginning = isBeginning
  }

  get all(): readonly Message[] {
    return this.#messages
  }

  /** There is none before them. */
  get isBeginning(): boolean {
    return this.#isBeginning
  }

  /** Mostly at the end; where everyone answers, something may have its place before others. */
  add(message: Message): void {
    if (this.#messages.some(({ id }) => id === message.id)) return
    const index = this.#before({ place: this.#placeOf(message), isIncluded: true })
    if (index === 0 && !this.#isBeginning && this.#messages.length > 0) return
    this.#messages.splice(index, 0, message)
    if (this.#messages.length <= 2 * tailLimits.messagesMax) return
    this.#messages = this.#messages.slice(-tailLimits.messagesMax)
    this.#isBeginning = false
  }

  find(id: string): Message | null {
    return this.#messages.findLast((message) => message.id === id) ?? null
  }

  /** As it stands after that; null: it is not here. */
  change(event: ChatEvent): Message | null {
    const { what } = event
    if (what.kind !== 'edited' && what.kind !== 'deleted' && what.kind !== 'reacted') return null
    const index = this.#messages.findLastIndex(({ id }) => id === what.message)
    const before = this.#messages[index]
    if (before === undefined) return null
    const after = changed(before, event)
    this.#messages[index] = after
    return after
  }

  /** The newest message at or before a place; null: not here. */
  upTo(place: string): Message | null {
    return this.#messages[this.#before({ place, isIncluded: true }) - 1] ?? null
  }

  /** null: some of what belongs there is not here. */
  page(where: Where, limit: number): Stretch | null {
    const all = this.#messages
    const cut =
      where === 'end'
        ? all.length
        : this.#before({ place: where.place, isIncluded: where.order === 'up' || where.isIncluded })
    const isUp = where !== 'end' && where.order === 'up'
    const [from, to] = isUp ? [cut, cut + limit] : [cut - limit, cut]
    const isKnown = this.#isBeginning || (isUp ? cut > 0 : from >= 0)
    if (!isKnown) return null
    const isBeginning = this.#isBeginning && from <= 0
    return { messages: all.slice(Math.max(0, from), to), isBeginning, isEnd: to >= all.length }
  }

  /** How many stand before a place, and with it if it is included. */
  #before({ place, isIncluded }: { readonly place: string; readonly isIncluded: boolean }): number {
    const last = this.#messages.findLastIndex((message) => {
      const own = this.#placeOf(message)
      return isIncluded ? own <= place : own < place
    })
    return last + 1
  }
}

function changed(message: Message, { what, atMs }: ChatEvent): Message {
  if (what.kind === 'edited') return { ...message, text: what.text, editedAtMs: atMs }
  if (what.kind === 'deleted') return { ...message, text: '', mentions: [], reactions: [], isDeleted: true }
  if (what.kind !== 'reacted') return message
  const { emoji, user, isOn } = what
  const users = (message.reactions.find((one) => one.emoji === emoji)?.users ?? []).filter((one) => one !== user)
  const reaction = { emoji, users: isOn ? [...users, user] : users }
  const isKnown = message.reactions.some((one) => one.emoji === emoji)
  const all = isKnown
    ? message.reactions.map((one) => (one.emoji === emoji ? reaction : one))
    : [...message.reactions, reaction]
  return { ...message, reactions: all.filter((one) => one.users.length > 0) }
}
