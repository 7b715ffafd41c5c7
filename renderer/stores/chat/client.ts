import type { ChatChanges, ChatHistoryPage, ChatSession, HistoryFrom, PersonRow } from '#contract/worker/chat-calls'
import type { Result } from '#kit/result'
import type { Actions } from '../actions.ts'
import { type ChatState, createChatStore, withChanges, withConversation, withDraft, withSession } from './state.ts'
import { emptyTalk, openedAt, reopenedAt, type Talk, type TalkWish, withMore } from './talk.ts'

export interface ChatClientParts extends Pick<Actions, 'ask' | 'call'> {
  /** Ends after so long, or at once when nobody waits any more. */
  wait(ms: number): Promise<void>
  /** Sixteen random bytes as hex. */
  newId(): string
}

export const chatClientLimits = {
  /** The desk answers a question about changes after this at the latest. */
  waitMs: 2_500,
  /** Before a question that failed is put again: a desk that starts anew needs a moment. */
  retryMs: 400,
  pageRows: 100,
  /** Pages of people: names past these are known when they speak. */
  peoplePages: 5,
  peoplePageRows: 200,
} as const

/**
 * Keeps what this window shows of the chat the same as what the desk knows: it loads all once, and then asks what has
 * changed, again and again, one question at a time.
 */
export class ChatClient {
  readonly store = createChatStore()
  readonly #parts: ChatClientParts
  /** Another user, or nobody: what was asked for the one before is let fall. */
  #life = 0

  constructor(parts: ChatClientParts) {
    this.#parts = parts
  }

  /** From now on this window is that user's. null: it rests. */
  follow(session: ChatSession | null): void {
    const isSame = session !== null && session.session === this.store.getState().session?.session
    if (isSame && this.#isFollowing) return
    this.#life += 1
    this.#isFollowing = session !== null
    if (session === null) return
    this.store.setState((state) => withSession(state, session))
    void this.#live(session.session, this.#life)
  }
  #isFollowing = false

  /** Stands at what is new in it, or at its end. */
  open(conversation: string): void {
    if (this.store.getState().talk?.conversation === conversation) return
    this.store.setState({ talk: emptyTalk(conversation) })
    void this.#openAt({ kind: 'unread' })
  }

  /** Again after a failure. */
  openAgain(): void {
    void this.#openAt({ kind: 'unread' })
  }

  /** A message somewhere, as a search or an answer names it. */
  goTo(conversation: string, place: string): void {
    const { talk } = this.store.getState()
    const at = { place, isFound: true }
    if (talk?.conversation !== conversation) this.store.setState({ talk: emptyTalk(conversation) })
    else if (talk.rows.some((row) => row.place === place)) return this.#wish(at)
    void this.#openAt({ kind: 'around', place }, at)
  }

  toNewest(): void {
    if (this.store.getState().talk?.isEnd) return this.#wish('end')
    void this.#openAt({ kind: 'newest' }, 'end')
  }

  async more(side: 'older' | 'newer'): Promise<void> {
    const { talk } = this.store.getState()
    const place = (side === 'older' ? talk?.rows.at(0) : talk?.rows.at(-1))?.place ?? null
    if (talk === null || place === null || talk.reading !== null) return
    if (side === 'older' ? talk.isBeginning : talk.isEnd) return
    this.#change(talk.conversation, (now) => ({ ...now, reading: side }))
    const page = await this.#page(talk.conversation, { kind: side === 'older' ? 'before' : 'after', place })
    this.#change(talk.conversation, (now) =>
      page.ok ? withMore(now, page.value, side) : { ...now, reading: null, failure: page.failure.code },
    )
  }

  /** Into the outbox, where it is kept; its row comes by the changes. The draft stays when it was refused. */
  async say(text: string, replyTo: string | null): Promise<boolean> {
    const { session, talk } = this.store.getState()
    if (session === null || talk === null) return false
    const { conversation } = talk
    const said = { session: session.session, conversation, id: this.#parts.newId(), text, replyTo }
    const result = await this.#parts.call('chat.say', said)
    if (!result.ok) return false
    this.store.setState((state) => {
      const draft = state.drafts[conversation] ?? ''
      // What was typed meanwhile is not said yet.
      return withDraft(state, conversation, draft.startsWith(text) ? draft.slice(text.length) : draft)
    })
    this.toNewest()
    return true
  }

  /** All up to this place has been seen. Told once for each place, and never backwards. */
  read(place: string): void {
    const { session, talk } = this.store.getState()
    const known = talk?.about?.readPlace ?? ''
    if (session === null || talk?.about == null || place <= known || !talk.about.isMember) return
    const { conversation, about } = talk
    this.#change(conversation, (now) => ({ ...now, about: { ...about, readPlace: place } }))
    void this.#parts.ask('chat.read', { session: session.session, conversation, place })
  }

  /** With each key that is struck: the desk knows how often others want to hear of it. */
  types(conversation: string): void {
    const { session, status } = this.store.getState()
    if (session === null || status?.abilities.hasPresence === false) return
    void this.#parts.ask('chat.typing', { session: session.session, conversation })
  }

  async #live(session: string, life: number): Promise<void> {
    const { ask, wait } = this.#parts
    let after: number | null = null
    while (life === this.#life) {
      const open = this.store.getState().talk?.conversation ?? null
      const waitMs: number = after === null ? 0 : chatClientLimits.waitMs
      const result: Result<ChatChanges> = await ask('chat.changes', { session, after, waitMs, open })
      if (life !== this.#life) return
      if (!result.ok) {
        if (this.store.getState().conversations === null) this.store.setState({ failure: result.failure.code })
        await wait(chatClientLimits.retryMs)
        continue
      }
      const news: ChatChanges = result.value
      if (after === null || news.isForgotten) {
        const isLoaded = await this.#loadAll(session, life)
        if (isLoaded) after = news.upTo
        else await wait(chatClientLimits.retryMs)
        continue
      }
      after = news.upTo
      if (news.changes.length > 0) this.store.setState((state) => withChanges(state, news.changes))
    }
  }

  async #loadAll(session: string, life: number): Promise<boolean> {
    const { ask } = this.#parts
    const [status, conversations, locks, people] = await Promise.all([
      ask('chat.status', {}),
      ask('chat.conversations', { session }),
      ask('chat.locks', {}),
      this.#people(session),
    ])
    if (life !== this.#life) return false
    // Locks and people may be missing where the profile has none; what one is in and how it stands may not.
    if (!status.ok || !conversations.ok) {
      const code = status.ok ? (conversations.ok ? null : conversations.failure.code) : status.failure.code
      if (this.store.getState().conversations === null) this.store.setState({ failure: code })
      return false
    }
    this.store.setState((state) => ({
      status: status.value,
      conversations: conversations.value.conversations,
      people: new Map(people.map((person) => [person.name, person])),
      locks: locks.ok ? new Map(locks.value.locks.map((lock) => [lock.lock, lock])) : state.locks,
      failure: null,
    }))
    await this.#loadTalk()
    return true
  }

  /** What is open, read anew; where the reader stands in the past, only the present is missing, and comes when asked for. */
  async #loadTalk(): Promise<void> {
    const { talk } = this.store.getState()
    if (talk === null) return
    if (talk.rows.length > 0 && !talk.isEnd) return
    const page = await this.#page(talk.conversation, { kind: talk.about === null ? 'unread' : 'newest' })
    if (!page.ok) return
    const { value } = page
    this.#change(talk.conversation, (now) => reopenedAt(now, value, now.about === null ? wishOf(value) : 'end'))
  }

  async #people(session: string): Promise<readonly PersonRow[]> {
    const people: PersonRow[] = []
    let after: string | null = null
    for (let page = 0; page < chatClientLimits.peoplePages; page += 1) {
      const limit = chatClientLimits.peoplePageRows
      const result: Result<{ people: readonly PersonRow[]; next: string | null }> = await this.#parts.ask(
        'chat.people',
        { session, after, limit },
      )
      if (!result.ok) break
      people.push(...result.value.people)
      after = result.value.next
      if (after === null) break
    }
    return people
  }

  async #openAt(from: HistoryFrom, at?: TalkWish['at']): Promise<void> {
    const conversation = this.store.getState().talk?.conversation
    if (conversation === undefined) return
    const page = await this.#page(conversation, from)
    this.#change(conversation, (talk) => {
      if (!page.ok) return { ...talk, failure: page.failure.code }
      const opened = openedAt(talk, page.value, at ?? wishOf(page.value))
      return from.kind === 'unread' ? { ...opened, unreadFrom: page.value.firstUnread } : opened
    })
    if (page.ok) this.store.setState((state) => withConversation(state, page.value.conversation))
  }

  async #page(conversation: string, from: HistoryFrom): Promise<Result<ChatHistoryPage>> {
    const session = this.store.getState().session?.session ?? ''
    return this.#parts.ask('chat.history', { session, conversation, from, limit: chatClientLimits.pageRows })
  }

  #wish(at: TalkWish['at']): void {
    const { talk } = this.store.getState()
    if (talk) this.store.setState({ talk: { ...talk, wish: { turn: talk.wish.turn + 1, at } } })
  }

  /** Nothing happens when another conversation has been opened meanwhile. */
  #change(conversation: string, change: (talk: Talk) => Talk): void {
    this.store.setState((state: ChatState) =>
      state.talk?.conversation === conversation ? { talk: change(state.talk) } : {},
    )
  }
}

function wishOf({ firstUnread }: ChatHistoryPage): TalkWish['at'] {
  return firstUnread === null ? 'end' : { place: firstUnread, isFound: false }
}
