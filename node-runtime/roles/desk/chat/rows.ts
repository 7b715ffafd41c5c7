import type { ChatRow, ChatRowState, ConversationRow } from '#contract/worker/chat-calls'
import type { Conversation, Message } from '#cores/chat/messages'
import type { OutboxMessage } from './outbox.ts'

export function rowOf(message: Message, place: string, state: ChatRowState): ChatRow {
  const { id, conversation, author, text, replyTo, mentions, through, atMs, lamport, position, logIndex, origin } =
    message
  const { editedAtMs, isDeleted, reactions } = message
  return {
    ...{ id, conversation, place, author, text, replyTo, mentions, through, atMs, lamport, position, logIndex },
    ...{ origin, editedAtMs, isDeleted, reactions, state },
  }
}

export function waitingRow(
  { id, conversation, text, replyTo, takenWallMs, ...message }: OutboxMessage,
  author: string,
): ChatRow {
  const { state, whyRefused } = message
  return {
    ...{ id, conversation, place: null, author, text, replyTo, mentions: [], through: 'native', atMs: takenWallMs },
    ...{
      lamport: null,
      position: null,
      logIndex: null,
      origin: null,
      editedAtMs: null,
      isDeleted: false,
      reactions: [],
    },
    state:
      state === 'refused'
        ? { kind: 'refused', why: whyRefused ?? 'internal' }
        : { kind: state === 'waiting' ? 'queued' : 'sent' },
  }
}

/** A conversation as one user has it. */
export interface Known {
  readonly conversation: Conversation
  readonly isMember: boolean
  /** Of the last message that this user has read; null: none. */
  readonly readPlace: string | null
  readonly readOrdinal: number
  readonly mentions: number
  /** Of a group: who is in it, for it has no name. */
  readonly users: readonly string[]
}

export function conversationRow(known: Known, user: string, typing: readonly string[]): ConversationRow {
  const { conversation, isMember, readPlace, mentions } = known
  const { id, kind, title, isPrivate, members, lastAtMs } = conversation
  return {
    ...{ id, kind, title, isPrivate, isMember, members, lastAtMs, readPlace },
    name: nameOf(known, user),
    unread: unreadOf(known),
    mentions: isMember ? mentions : 0,
    typing: typing.filter((one) => one !== user),
  }
}

export function unreadOf({ conversation, isMember, readOrdinal }: Known): number {
  return isMember ? Math.max(0, conversation.lastOrdinal - readOrdinal) : 0
}

function nameOf({ conversation, users }: Known, user: string): string {
  const { id, kind, name } = conversation
  if (kind === 'direct') return otherIn(id, user)
  if (kind === 'group' && name === '') return users.filter((one) => one !== user).join(', ')
  return name
}

/** Of a direct conversation; oneself, where one talks to oneself. */
function otherIn(id: string, user: string): string {
  const users = id.slice('d:'.length).split('\n')
  return users.find((one) => one !== user) ?? user
}
