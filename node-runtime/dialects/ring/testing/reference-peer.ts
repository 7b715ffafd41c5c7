import type { PeerId } from '#kit/ids'
import type { TextContent, TextMessage } from '#kit/ring-text'

/** What a reference peer has in its hands. */
export interface ReferenceHands {
  /** False: nobody listens there. Whoever learns it only later says so by `refused`. */
  send(to: PeerId, message: TextMessage): boolean
  discover(): void
  uuid(): string
}

/** In the ticks of whoever drives it. */
export interface ReferenceTiming {
  readonly heartbeatTicks: number
  readonly silenceTicks: number
  /** So long after its DISCOVER it leads a ring of one. */
  readonly aloneTicks: number
}

const seenMax = 50

/**
 * A peer of the text form, made from what is written of reference peers and from nothing of ours: what it does wrong, it
 * does on purpose. It never notices that a ring is broken unless its own next refuses.
 */
export class ReferencePeer {
  readonly id: PeerId
  readonly user: string
  readonly #hands: ReferenceHands
  readonly #timing: ReferenceTiming
  readonly chats: TextMessage[] = []
  next: PeerId
  leader: PeerId | null = null
  members: readonly PeerId[]
  #seen: readonly string[] = []
  #ticksSinceHeartbeat = 0
  #ticksSinceDiscover: number | null = null

  constructor(who: { readonly id: PeerId; readonly user: string }, timing: ReferenceTiming, hands: ReferenceHands) {
    this.id = who.id
    this.user = who.user
    this.next = who.id
    this.members = [who.id]
    this.#timing = timing
    this.#hands = hands
  }

  get leads(): boolean {
    return this.leader === this.id
  }

  start(): void {
    this.#ticksSinceDiscover = 0
    this.#hands.discover()
  }

  tick(): void {
    if (this.#ticksSinceDiscover !== null) {
      this.#ticksSinceDiscover += 1
      if (this.#ticksSinceDiscover >= this.#timing.aloneTicks) this.#leadAlone()
      return
    }
    this.#ticksSinceHeartbeat += 1
    const { heartbeatTicks, silenceTicks } = this.#timing
    if (this.leads && this.#ticksSinceHeartbeat >= heartbeatTicks) {
      this.#ticksSinceHeartbeat = 0
      this.#say({ kind: 'heartbeat', leader: this.id })
    }
    if (!this.leads && this.#ticksSinceHeartbeat >= silenceTicks) this.elect()
  }

  /** The leader's answer to a newcomer: null from all others. */
  answer(newcomer: PeerId): { readonly next: PeerId; readonly leader: PeerId } | null {
    if (!this.leads || newcomer === this.id) return null
    const others = this.members.filter((id) => id !== newcomer && id !== this.id)
    const next = others[0] ?? this.id
    this.next = newcomer
    this.members = [this.id, newcomer, ...others]
    this.#say({ kind: 'list-update', ids: this.members })
    return { next, leader: this.id }
  }

  invited(next: PeerId, leader: PeerId): void {
    this.#ticksSinceDiscover = null
    this.#ticksSinceHeartbeat = 0
    this.next = next
    this.leader = leader
  }

  chat(text: string): void {
    this.#say({ kind: 'chat', text })
  }

  elect(): void {
    this.#ticksSinceHeartbeat = 0
    this.#say({ kind: 'token', initiator: this.id })
  }

  leave(): void {
    const place = this.members.indexOf(this.id)
    const predecessor = this.members[place - 1] ?? this.members.at(-1) ?? this.id
    if (this.leads) this.#say({ kind: 'leader-exit', leader: this.id, predecessor, successor: this.next })
    else this.#say({ kind: 'exit', leaving: this.id, predecessor, successor: this.next })
  }

  /** Its next is gone: it knows nothing better than to ask to be taken in again, under its old name. */
  refused(): void {
    this.leader = null
    this.start()
  }

  hear(message: TextMessage): void {
    const { content } = message
    // Two words are awaited home: its own token, and a list that has gathered one more name at each peer.
    const isAwaited = content.kind === 'list-build' || (content.kind === 'token' && content.initiator === this.id)
    if (this.#seen.includes(message.uuid) && !isAwaited) return
    this.#remember(message.uuid)
    if (content.kind === 'chat') this.chats.push(message)
    if (this.#take(content, message)) this.#forward(message)
  }

  /** False: it goes no further, or has gone on in another form. */
  #take(content: TextContent, message: TextMessage): boolean {
    switch (content.kind) {
      case 'heartbeat':
        this.#ticksSinceHeartbeat = 0
        if (this.leader === null || content.leader > this.leader) this.leader = content.leader
        return true
      case 'token':
        if (content.initiator !== this.id) return true
        this.#win()
        return false
      case 'elected':
        this.leader = content.leader
        this.#ticksSinceHeartbeat = 0
        return content.leader !== this.id
      case 'list-build':
        this.#build(content.initiator, content.ids, message)
        return false
      case 'list-update':
        this.members = content.ids
        return true
      case 'exit':
        if (this.leads) this.#takeOut(content.leaving, content.predecessor, content.successor)
        return !this.leads
      case 'reconnect':
        if (content.target !== this.id) return true
        this.next = content.next
        return false
      case 'leader-exit':
        this.members = this.members.filter((id) => id !== content.leader)
        this.leader = null
        if (content.predecessor !== this.id) return true
        this.next = content.successor
        this.elect()
        return false
      default:
        return true
    }
  }

  #win(): void {
    this.leader = this.id
    this.#say({ kind: 'elected', leader: this.id })
    this.#say({ kind: 'list-build', initiator: this.id, ids: [this.id] })
  }

  #build(initiator: PeerId, ids: readonly PeerId[], { uuid, user }: TextMessage): void {
    if (initiator !== this.id) {
      if (!ids.includes(this.id))
        this.#forward({ uuid, user, content: { kind: 'list-build', initiator, ids: [...ids, this.id] } })
      return
    }
    this.members = ids
    this.#say({ kind: 'list-update', ids })
  }

  #takeOut(leaving: PeerId, predecessor: PeerId, successor: PeerId): void {
    this.members = this.members.filter((id) => id !== leaving)
    if (predecessor === this.id) this.next = successor
    else this.#say({ kind: 'reconnect', target: predecessor, next: successor })
    this.#say({ kind: 'list-update', ids: this.members })
  }

  #leadAlone(): void {
    this.#ticksSinceDiscover = null
    this.leader = this.id
    this.next = this.id
    this.members = [this.id]
  }

  #say(content: TextContent): void {
    const message: TextMessage = { uuid: this.#hands.uuid(), user: this.user, content }
    this.#remember(message.uuid)
    this.#forward(message)
  }

  #forward(message: TextMessage): void {
    if (this.next === this.id) return
    if (!this.#hands.send(this.next, message)) this.refused()
  }

  #remember(uuid: string): void {
    this.#seen = [...this.#seen, uuid].slice(-seenMax)
  }
}
