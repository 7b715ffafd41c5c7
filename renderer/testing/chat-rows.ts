import type { ChatRow, ConversationRow } from '#contract/worker/chat-calls'

/** Builders for tests: the message at a place, and a conversation. */
export function rowOf(number: number | null, part: Partial<ChatRow> = {}): ChatRow {
  return {
    id: (number ?? 0).toString(16).padStart(32, '0'),
    conversation: 'c:general',
    place: number === null ? null : placeOf(number),
    author: 'ana',
    text: `message ${number}`,
    replyTo: null,
    mentions: [],
    through: 'native',
    atMs: 1_000_000 + (number ?? 0) * 1_000,
    lamport: number,
    position: number,
    logIndex: number,
    origin: null,
    editedAtMs: null,
    isDeleted: false,
    reactions: [],
    state: number === null ? { kind: 'queued' } : { kind: 'stored', copies: 2, servers: 3 },
    ...part,
  }
}

export function placeOf(number: number): string {
  return String(number).padStart(12, '0')
}

export function conversationOf(name: string, part: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id: `c:${name}`,
    kind: 'channel',
    name,
    title: '',
    isPrivate: false,
    isMember: true,
    members: 2,
    lastAtMs: 1_000_000,
    readPlace: null,
    unread: 0,
    mentions: 0,
    typing: [],
    ...part,
  }
}
