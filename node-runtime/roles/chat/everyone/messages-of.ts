import { type Content, conversationOf, isSaid } from '#cores/chat/everyone/content'
import type { Entry, Said } from '#cores/chat/everyone/messages'
import type { ChatEvent, Conversation, ConversationId, Message } from '#cores/chat/messages'

/** As in the leader profile ids are; a foreign server's are longer, and shown by their first half. */
const idChars = 32

/** Numbers are places, and move; the id does not. `logIndex` is its number at the server that wrote it down. */
export function messageOf(content: Content, said: Said, number = content.numberOf(said)): Message {
  const { id, from: author, text, through, atMs, clock: lamport, origin } = said
  return {
    id: id.slice(0, idChars),
    conversation: conversationOf(said),
    ...{ number, ordinal: number, author, text, through, atMs, lamport, origin },
    ...{ replyTo: null, mentions: [], editedAtMs: null, isDeleted: false, reactions: [] },
    position: content.positionOf(said),
    logIndex: content.entryOf(id)?.sequence ?? 0,
  }
}

export function eventOf(message: Message): ChatEvent {
  const { id: deed, conversation: feed, number, position, atMs, lamport, logIndex } = message
  return { deed, feed, number, position, atMs, lamport, logIndex, what: { kind: 'message', message } }
}

/** What native clients are told when it is written down, each with the feed it is for. */
export function eventsOf(content: Content, { operation, sequence: logIndex }: Entry): readonly ChatEvent[] {
  const { id, atMs, clock: lamport } = operation
  const position = content.counts.said
  const told = { deed: id.slice(0, idChars), atMs, lamport, logIndex, position, number: position }
  switch (operation.kind) {
    case 'login': {
      const user = { kind: 'user', user: operation.user, isBot: isBot(operation.user), isProtected: false } as const
      return [{ ...told, feed: 'all', what: user }]
    }
    case 'channel': {
      const conversation = conversationAt(content, `c:${operation.channel}`)
      return [{ ...told, feed: 'all', what: { kind: 'conversation', conversation } }]
    }
    case 'publish':
    case 'message': {
      const shown = content.find(id)
      // Another server took it before, and that one counts.
      if (shown === null || !isSaid(shown)) return []
      const event = eventOf(messageOf(content, shown))
      const isFirst = operation.kind === 'message' && content.conversation(event.feed).length === 1
      if (!isFirst) return [event]
      const conversation = conversationAt(content, event.feed)
      const users = [...new Set([operation.from, operation.to])]
      const begun = users.map(
        (user): ChatEvent => ({
          ...told,
          feed: `u:${user}`,
          what: { kind: 'conversation', conversation },
        }),
      )
      return [event, ...begun]
    }
  }
}

/** Everybody is in every channel: nobody's reading is anybody's secret here. */
export function conversationAt(content: Content, id: ConversationId): Conversation {
  const messages = content.conversation(id)
  const isChannel = id.startsWith('c:')
  const said = { lastNumber: messages.length, lastOrdinal: messages.length, lastAtMs: messages.at(-1)?.atMs ?? 0 }
  return {
    id,
    kind: isChannel ? 'channel' : 'direct',
    name: isChannel ? id.slice(2) : '',
    ...{ title: '', isPrivate: !isChannel, createdBy: null },
    members: isChannel ? content.counts.users : usersOf(id).length,
    ...said,
  }
}

/** Of a direct conversation. */
export function usersOf(id: ConversationId): readonly string[] {
  return [...new Set(id.slice(2).split('\n'))]
}

/** Programs of the course say what they are by their names, if at all. */
export function isBot(user: string): boolean {
  return user.startsWith('bot-')
}
