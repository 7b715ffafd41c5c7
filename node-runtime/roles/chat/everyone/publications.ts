import type { ChatPlan } from '#contract/worker/chat'
import type { Content } from '#cores/chat/everyone/content'
import type { Entry } from '#cores/chat/everyone/messages'
import { encodeChatEvent } from '#cores/chat/index'
import { type Codec, coursePublication, electedPublication, replicaPublication, type Stamp } from '#dialects/chat/index'
import type { NodeId } from '#kit/ids'
import type { PublisherSocket } from '#ports/sockets'
import { encodePassing, encodeTold, feedTopic, type Passing, passingTopic, presenceTopic } from '../native-topics.ts'
import { eventsOf } from './messages-of.ts'

export interface PublicationsParts {
  readonly self: NodeId
  readonly plan: Pick<ChatPlan, 'hasJsonPublications'>
  readonly native: PublisherSocket
  /** null: there is no such proxy. */
  readonly course: PublisherSocket | null
}

/** Tells the world what this server has written down. What comes from other servers, they have told. */
export class Publications {
  readonly #parts: PublicationsParts
  readonly #codec: Codec

  constructor(parts: PublicationsParts) {
    this.#parts = parts
    this.#codec = parts.plan.hasJsonPublications ? 'json' : 'messagepack'
  }

  /** Of a foreign server's, which it has told itself, native clients alone hear. */
  tell(content: Content, entry: Entry): void {
    const { native, course, self } = this.#parts
    for (const event of eventsOf(content, entry))
      native.publish(feedTopic(event.feed), encodeTold([encodeChatEvent(event)]))
    const { operation } = entry
    if (operation.origin !== self || course === null) return
    if ('text' in operation) {
      const said = coursePublication(this.#codec, operation)
      course.publish(said.topic, said.payload)
    }
    const replica = replicaPublication(this.#codec, operation, entry)
    course.publish(replica.topic, replica.payload)
  }

  elected(stamp: Stamp): void {
    const { topic, payload } = electedPublication(this.#codec, this.#parts.self, stamp)
    this.#parts.course?.publish(topic, payload)
  }

  /** Kept by nobody. */
  typing(conversation: string, passing: Passing): void {
    this.#parts.native.publish(passingTopic(conversation), encodePassing(passing))
  }

  here(passing: Passing): void {
    this.#parts.native.publish(presenceTopic, encodePassing(passing))
  }
}
