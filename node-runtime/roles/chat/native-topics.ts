import { decodeChatEvent } from '#cores/chat/index'
import type { ChatEvent, ConversationId, FeedId } from '#cores/chat/messages'
import { ByteReader, ByteWriter } from '#kit/bytes'

/**
 * Topics of the native proxy match by their beginning, so each ends in what no feed has in it: `c:ana` would otherwise
 * bring what is of `c:anabel`. What is told there is some events of the feed in order, or a passing thing.
 */
const end = '\u0001'

export function feedTopic(feed: FeedId): string {
  return `${feed}${end}`
}

/** Who writes now. In no feed and no log. */
export function passingTopic(conversation: ConversationId): string {
  return `e:${conversation}${end}`
}

/** Who is here, for everybody. */
export const presenceTopic = `e:here${end}`

/** What happened in a feed in one moment goes out at once: each publication costs everybody on its way as much as the next. */
export function encodeTold(events: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter(events.reduce((sum, { length }) => sum + 4 + length, 0))
  for (const event of events) writer.bytes(event)
  return writer.done()
}

/** Nothing for what is no such thing. */
export function eventsIn(bytes: Uint8Array): readonly ChatEvent[] {
  const reader = new ByteReader(bytes)
  const events: ChatEvent[] = []
  while (!reader.isDone) {
    const event = decodeChatEvent(reader.bytes())
    if (event === null) return []
    events.push(event)
  }
  return events
}

export const passingLimits = {
  /** Whoever is not heard of for so long is not here. */
  presenceMs: 60_000,
  /** And writes no more. */
  typingMs: 5_000,
} as const

/** On `passingTopic` and `presenceTopic`: a user's name, and when it was by the server's clock. */
export interface Passing {
  readonly user: string
  readonly atMs: number
}

export function encodePassing({ user, atMs }: Passing): Uint8Array {
  return new ByteWriter(16 + user.length).text(user).number(atMs).done()
}

/** null: nothing of the kind. */
export function decodePassing(bytes: Uint8Array): Passing | null {
  const reader = new ByteReader(bytes)
  const passing = { user: reader.text(), atMs: reader.count() }
  return reader.isDone ? passing : null
}
