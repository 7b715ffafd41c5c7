import type { ChatLayout, ChatPlan } from '#contract/worker/chat'
import { bytesOfEvent } from '#cores/chat/index'
import type { ChatEvent, FeedId, Message } from '#cores/chat/messages'
import { accountPublication, coursePublication, type Publication, type Said } from '#dialects/chat/index'
import type { NodeId } from '#kit/ids'
import type { PublisherSocket } from '#ports/sockets'
import { encodePassing, encodeTold, feedTopic, type Passing, passingTopic, presenceTopic } from '../native-topics.ts'

export interface PublisherParts {
  readonly nodeId: NodeId
  readonly plan: Pick<ChatPlan, 'hasJsonPublications'>
  readonly native: PublisherSocket
  /** null: there is no such proxy. */
  readonly course: PublisherSocket | null
  readonly account: PublisherSocket | null
  /** Whether anybody listens there, as far as the proxy has said. */
  readonly isFollowed: (layout: ChatLayout) => boolean
  readonly isProtected: (user: string) => boolean
  /** Term in which this server leads; null: another one does, or nobody. */
  readonly leads: () => number | null
  /** What the log says of how far its leaders have come. */
  readonly publishedBefore: () => number
}

export const publisherLimits = {
  /** Events that a server remembers in case it comes to lead. Who has missed more reads it from the log. */
  rememberedMax: 4_096,
  /** In one publication; only an event that is larger than that by itself has one of its own. */
  toldTogetherMax: 64,
  bytesToldTogetherMax: 60_000,
} as const

/**
 * Tells the world what has happened. Who leads tells it when it is applied, before it answers whoever did it; the others
 * remember it, and who comes to lead begins where the log says that the last one was. So some is told twice: events have
 * numbers, and programs of the dialects live with it.
 */
export class Publisher {
  readonly #parts: PublisherParts
  readonly #remembered: ChatEvent[] = []
  #ledTerm: number | null = null
  #upTo = 0

  constructor(parts: PublisherParts) {
    this.#parts = parts
  }

  /** Position up to which all has been told, as far as this server knows. */
  get upTo(): number {
    return this.#upTo
  }

  /** In order, all that is applied here. */
  happened(events: readonly ChatEvent[]): void {
    this.lead()
    const { rememberedMax } = publisherLimits
    this.#remembered.push(...events)
    // Not one by one: moving all of them for each would cost more than what is told.
    if (this.#remembered.length > 2 * rememberedMax) {
      this.#remembered.splice(0, this.#remembered.length - rememberedMax)
    }
    if (this.#ledTerm !== null) this.#tell(events)
  }

  /** Looks whether this server leads now; if it has just come to, tells what the last one may not have told. */
  lead(): void {
    const term = this.#parts.leads()
    if (term === this.#ledTerm) return
    this.#ledTerm = term
    if (term === null) return
    this.#upTo = Math.max(this.#parts.publishedBefore(), 0)
    const from = this.#upTo
    this.#tell(this.#remembered.filter(({ position }) => position > from))
  }

  /** Kept by nobody. */
  typing(conversation: string, passing: Passing): void {
    this.#parts.native.publish(passingTopic(conversation), encodePassing(passing))
  }

  here(passing: Passing): void {
    this.#parts.native.publish(presenceTopic, encodePassing(passing))
  }

  #tell(events: readonly ChatEvent[]): void {
    for (const { feed, together } of byFeed(events)) this.#parts.native.publish(feedTopic(feed), encodeTold(together))
    const open = { course: this.#wanting('course'), account: this.#wanting('account') }
    for (const event of events) {
      this.#tellOpenly(event, open)
      this.#upTo = Math.max(this.#upTo, event.position)
    }
  }

  /** Where nobody listens, nobody needs to find out what it is: programs of the course come and go, and mostly are gone. */
  #tellOpenly(event: ChatEvent, { course, account }: Readonly<Record<ChatLayout, PublisherSocket | null>>): void {
    if (course === null && account === null) return
    const said = event.what.kind === 'message' ? this.#openly(event.what.message) : null
    if (said === null) return
    const codec = this.#parts.plan.hasJsonPublications ? 'json' : 'messagepack'
    if (course !== null) put(course, coursePublication(codec, said))
    if (account !== null) put(account, accountPublication(said))
  }

  /** While the proxy is away, or nobody listens there, it is lost, as for every program of the course. */
  #wanting(layout: ChatLayout): PublisherSocket | null {
    const socket = this.#parts[layout]
    return socket?.isWanted === true && this.#parts.isFollowed(layout) ? socket : null
  }

  /** As everybody may hear it; null: it is not for everybody. */
  #openly({ conversation, author: from, text, atMs, lamport: clock, isDeleted }: Message): Said | null {
    const { nodeId: origin, isProtected } = this.#parts
    if (isDeleted) return null
    if (conversation.startsWith('c:')) {
      return { kind: 'publish', from, to: conversation.slice(2), text, atMs, clock, origin }
    }
    if (!conversation.startsWith('d:')) return null
    const users = conversation.slice(2).split('\n')
    const to = users.find((user) => user !== from) ?? from
    return isProtected(to) ? null : { kind: 'message', from, to, text, atMs, clock, origin }
  }
}

function put(socket: PublisherSocket, { topic, payload }: Publication): void {
  socket.publish(topic, payload)
}

interface Together {
  readonly feed: FeedId
  readonly together: Uint8Array[]
  bytes: number
}

/** Those of one feed in their order, as many together as one publication may hold. */
function byFeed(events: readonly ChatEvent[]): readonly Together[] {
  const { toldTogetherMax, bytesToldTogetherMax } = publisherLimits
  const all: Together[] = []
  const open = new Map<FeedId, Together>()
  for (const event of events) {
    const { feed } = event
    const bytes = bytesOfEvent(event)
    let one = open.get(feed)
    if (
      one === undefined ||
      one.together.length >= toldTogetherMax ||
      one.bytes + bytes.length > bytesToldTogetherMax
    ) {
      one = { feed, together: [], bytes: 0 }
      all.push(one)
      open.set(feed, one)
    }
    one.together.push(bytes)
    one.bytes += bytes.length
  }
  return all
}
