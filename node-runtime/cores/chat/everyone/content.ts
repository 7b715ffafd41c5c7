import { firstChannels } from '../limits.ts'
import type { ConversationId } from '../messages.ts'
import type { Entry, Operation, Said } from './messages.ts'
import { comparePlaces } from './order.ts'
import { Sorted } from './sorted.ts'

export interface KnownUser {
  readonly name: string
  /** null: spoke, or was spoken to, and no log-in of that name was heard of. */
  readonly lastLogInMs: number | null
}

/**
 * What all logs together say: each operation once, at its place, whatever came first. What whoever holds the same logs shows is
 * the same, byte for byte.
 */
export class Content {
  readonly #byId = new Map<string, Entry>()
  readonly #said = new Sorted<Said>()
  readonly #conversations = new Map<ConversationId, Sorted<Said>>()
  readonly #ofUser = new Map<string, Set<ConversationId>>()
  readonly #users = new Map<string, number | null>()
  readonly #channels = new Set<string>(firstChannels)
  #revision = 0
  /** Sorted when somebody looks at them; null: they have changed since. */
  #userNames: readonly string[] | null = null
  #channelNames: readonly string[] | null = null

  get revision(): number {
    return this.#revision
  }

  /** All that was said, in the order of all. */
  get said(): readonly Said[] {
    return this.#said.items
  }

  get users(): readonly string[] {
    this.#userNames ??= [...this.#users.keys()].sort(byCodeUnits)
    return this.#userNames
  }

  get channels(): readonly string[] {
    this.#channelNames ??= [...this.#channels].sort(byCodeUnits)
    return this.#channelNames
  }

  get counts(): { readonly users: number; readonly channels: number; readonly said: number } {
    return { users: this.#users.size, channels: this.#channels.size, said: this.said.length }
  }

  user(name: string): KnownUser | null {
    const lastLogInMs = this.#users.get(name)
    return lastLogInMs === undefined ? null : { name, lastLogInMs }
  }

  hasChannel(name: string): boolean {
    return this.#channels.has(name)
  }

  find(id: string): Operation | null {
    return this.#byId.get(id)?.operation ?? null
  }

  /** Where it was written down; of a foreign server's that several wrote down, one of those places, the same for all. */
  entryOf(id: string): Entry | null {
    return this.#byId.get(id) ?? null
  }

  /** In order; where it stands there is its number less one. */
  conversation(id: ConversationId): readonly Said[] {
    return this.#conversations.get(id)?.items ?? none
  }

  /** Direct ones, in order of names. */
  directOf(user: string): readonly ConversationId[] {
    return [...(this.#ofUser.get(user) ?? [])].sort(byCodeUnits)
  }

  /** From 1. */
  numberOf(said: Said): number {
    return (this.#conversations.get(conversationOf(said))?.before(said) ?? 0) + 1
  }

  positionOf(said: Said): number {
    return this.#said.before(said) + 1
  }

  /** Of two operations under one id the one that stands first counts: a request that two servers took happened once. */
  add(entry: Entry): void {
    const { operation } = entry
    this.#register(operation)
    const had = this.#byId.get(operation.id)
    if (had !== undefined && !isBefore(entry, had)) return
    this.#revision += 1
    this.#byId.set(operation.id, entry)
    if (had !== undefined && isSaid(had.operation)) this.#remove(had.operation)
    if (isSaid(operation)) this.#place(operation)
  }

  #place(said: Said): void {
    const id = conversationOf(said)
    const conversation = this.#conversations.get(id) ?? new Sorted<Said>()
    this.#conversations.set(id, conversation)
    conversation.add(said)
    this.#said.add(said)
    if (said.kind === 'publish') return
    for (const user of [said.from, said.to]) {
      const own = this.#ofUser.get(user) ?? new Set()
      this.#ofUser.set(user, own.add(id))
    }
  }

  #remove(said: Said): void {
    this.#conversations.get(conversationOf(said))?.remove(said)
    this.#said.remove(said)
  }

  /** Whatever names somebody makes that name known: not every server tells of log-ins and channels. */
  #register(operation: Operation): void {
    switch (operation.kind) {
      case 'login': {
        const before = this.#users.get(operation.user) ?? null
        this.#name(operation.user)
        this.#users.set(operation.user, Math.max(before ?? 0, operation.atMs))
        return
      }
      case 'channel':
        this.#open(operation.channel)
        return
      case 'publish':
        this.#name(operation.from)
        this.#open(operation.to)
        return
      case 'message':
        this.#name(operation.from)
        this.#name(operation.to)
        return
    }
  }

  #name(user: string): void {
    if (this.#users.has(user)) return
    this.#users.set(user, null)
    this.#userNames = null
    this.#revision += 1
  }

  #open(channel: string): void {
    if (this.#channels.has(channel)) return
    this.#channels.add(channel)
    this.#channelNames = null
    this.#revision += 1
  }
}

export function conversationOf({ kind, from, to }: Pick<Said, 'kind' | 'from' | 'to'>): ConversationId {
  return kind === 'publish' ? `c:${to}` : directOf(from, to)
}

export function directOf(one: string, other: string): ConversationId {
  return one < other ? `d:${one}\n${other}` : `d:${other}\n${one}`
}

export function isSaid(operation: Operation): operation is Said {
  return operation.kind === 'publish' || operation.kind === 'message'
}

function isBefore(one: Entry, other: Entry): boolean {
  const order = comparePlaces(one.operation, other.operation)
  return order === 0 ? one.log < other.log : order < 0
}

function byCodeUnits(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}

const none: readonly never[] = []
