import type { Conversation, ConversationId, DeedId } from '#cores/chat/messages'
import type { ChatState } from './chat-state.ts'
import { pages } from './pages.ts'

type Looked = Pick<ChatState, 'look'>

const pageRows = 100

/** Messages that something has happened to after a position, in every conversation. null: it looked, and there was none. */
export function* messagesSince(state: Looked, position: number): Generator<DeedId | null, void> {
  for (const conversation of conversationsIn(state)) {
    if (conversation === null) yield null
    else yield* changedIn(state, conversation, position)
  }
}

function* changedIn(state: Looked, { id: feed, lastNumber }: Conversation, position: number): Generator<DeedId | null> {
  for (let after = lastBefore(state, { feed, lastNumber, position }); after < lastNumber; ) {
    const page = state.look({ kind: 'events', as: null, feed, after, limit: pageRows })
    const last = page?.events.at(-1)
    if (page === null || last === undefined) return
    for (const { what } of page.events) {
      if (what.kind === 'message') yield what.message.id
      else if (what.kind === 'edited' || what.kind === 'deleted') yield what.message
    }
    after = last.number
  }
  yield null
}

/** Events of a conversation are in order of positions, so the place is found by halving. */
function lastBefore(
  state: Looked,
  within: { readonly feed: ConversationId; readonly lastNumber: number; readonly position: number },
): number {
  let [low, high] = [0, within.lastNumber]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const page = state.look({ kind: 'events', as: null, feed: within.feed, after: middle, limit: 1 })
    const event = page?.events[0]
    if (event !== undefined && event.position <= within.position) low = middle + 1
    else high = middle
  }
  return low
}

/** Public channels, then what each user is in. null: a page of nothing new. */
function* conversationsIn(state: Looked): Generator<Conversation | null, void> {
  const met = new Set<ConversationId>()
  for (const { channels } of pages((after: string | null) => channelsAfter(state, after))) yield* channels
  for (const as of usersIn(state)) {
    yield null
    for (const { conversations } of pages((after: ConversationId | null) => ownAfter(state, as, after))) {
      for (const { conversation } of conversations) {
        if (conversation.id.startsWith('c:') || met.has(conversation.id)) continue
        met.add(conversation.id)
        yield conversation
      }
    }
  }
}

function* usersIn(state: Looked): Generator<string, void> {
  for (const { users } of pages((after: string | null) => usersAfter(state, after))) {
    for (const { name } of users) yield name
  }
}

const channelsAfter = (state: Looked, after: string | null) => state.look({ kind: 'channels', after, limit: pageRows })
const usersAfter = (state: Looked, after: string | null) => state.look({ kind: 'users', after, limit: pageRows })
const ownAfter = (state: Looked, as: string, after: ConversationId | null) =>
  state.look({ kind: 'conversations', as, after, limit: pageRows })
