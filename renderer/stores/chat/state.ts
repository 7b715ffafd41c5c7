import { createStore } from 'zustand/vanilla'
import type { LockRow } from '#contract/worker/chat'
import type { ChatChange, ChatSession, ConversationRow, DeskChatStatus, PersonRow } from '#contract/worker/chat-calls'
import type { FailureCode } from '#kit/failures'
import { type Talk, withoutRow, withRows } from './talk.ts'

export const chatPanes = ['about', 'search', 'locks'] as const
export type ChatPane = (typeof chatPanes)[number]

/** What one window shows of the chat, as one user who has signed in sees it. */
export interface ChatState {
  /** Who speaks here; also whoever did last, for when one comes back from another place. null: nobody yet. */
  readonly session: ChatSession | null
  readonly status: DeskChatStatus | null
  /** null: they have not come yet. Only those that the user is in. */
  readonly conversations: readonly ConversationRow[] | null
  readonly people: ReadonlyMap<string, PersonRow>
  readonly locks: ReadonlyMap<string, LockRow>
  /** Why nothing of the chat could be read, if nothing has been yet. */
  readonly failure: FailureCode | null
  /** The conversation that is open. */
  readonly talk: Talk | null
  readonly pane: ChatPane
  readonly showsStamps: boolean
  readonly search: string
  /** Rises with each wish to search that comes from elsewhere: the field takes the focus. */
  readonly searchTurn: number
  /** What was begun and not sent, by conversation. */
  readonly drafts: Readonly<Record<string, string>>
}

export const emptyChat: ChatState = {
  session: null,
  status: null,
  conversations: null,
  people: new Map(),
  locks: new Map(),
  failure: null,
  talk: null,
  pane: 'about',
  showsStamps: false,
  search: '',
  searchTurn: 0,
  drafts: {},
}

export const createChatStore = () => createStore<ChatState>()(() => emptyChat)

/** Whoever else signs in sees nothing of who was here before, not even what was begun and not sent. */
export function withSession(state: ChatState, session: ChatSession | null): ChatState {
  if (session?.session === state.session?.session) return { ...state, session }
  return { ...emptyChat, showsStamps: state.showsStamps, session }
}

export function withChanges(state: ChatState, changes: readonly ChatChange[]): ChatState {
  const rows = changes.flatMap((change) => (change.kind === 'row' ? [change.row] : []))
  const talk = state.talk && withRows(state.talk, rows)
  return changes.reduce(withChange, { ...state, talk })
}

function withChange(state: ChatState, change: ChatChange): ChatState {
  switch (change.kind) {
    // All rows were taken at once before.
    case 'row':
      return state
    case 'gone':
      return { ...state, talk: state.talk && withoutRow(state.talk, change.id) }
    case 'conversation':
      return withConversation(state, change.conversation)
    case 'person':
      return { ...state, people: new Map(state.people).set(change.person.name, change.person) }
    case 'lock': {
      const locks = new Map(state.locks)
      const { lock } = change
      if (lock.holder === null && lock.waiting.length === 0) locks.delete(lock.lock)
      else locks.set(lock.lock, lock)
      return { ...state, locks }
    }
    case 'status':
      return { ...state, status: change.status }
    case 'session':
      return change.session.session === state.session?.session ? { ...state, session: change.session } : state
  }
}

export function withConversation(state: ChatState, row: ConversationRow): ChatState {
  const others = (state.conversations ?? []).filter(({ id }) => id !== row.id)
  const talk = state.talk?.conversation === row.id ? { ...state.talk, about: row } : state.talk
  return { ...state, talk, conversations: row.isMember ? [...others, row] : others }
}

export function withDraft(state: ChatState, conversation: string, text: string): ChatState {
  const { [conversation]: _, ...others } = state.drafts
  return { ...state, drafts: text === '' ? others : { ...others, [conversation]: text } }
}

export function withSearch(state: ChatState, search: string): ChatState {
  return { ...state, search, pane: 'search', searchTurn: state.searchTurn + 1 }
}

/** Channels by name; people by who wrote last, because whom one talks to now is on top. */
export function sortedConversations(all: readonly ConversationRow[]): {
  readonly channels: readonly ConversationRow[]
  readonly people: readonly ConversationRow[]
} {
  const byName = (one: ConversationRow, other: ConversationRow) => (one.name < other.name ? -1 : 1)
  const byTime = (one: ConversationRow, other: ConversationRow) => other.lastAtMs - one.lastAtMs
  return {
    channels: all.filter(({ kind }) => kind === 'channel').sort(byName),
    people: all.filter(({ kind }) => kind !== 'channel').sort(byTime),
  }
}
