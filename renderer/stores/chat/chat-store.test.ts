import { describe, expect, it } from 'vitest'
import type { ChatRow } from '#contract/worker/chat-calls'
import { FakeBridge } from '../../bridge/fake/fake-bridge.ts'
import { FakeChat } from '../../bridge/fake/fake-chat.ts'
import { FakeLab } from '../../bridge/fake/fake-lab.ts'
import { conversationOf, placeOf, rowOf } from '../../testing/chat-rows.ts'
import type { Actions } from '../actions.ts'
import { guessedSettings } from '../settings.ts'
import { ChatClient } from './client.ts'
import { chatPlace, windowOf } from './places.ts'
import { emptyChat, sortedConversations, withChanges, withDraft, withSession } from './state.ts'
import { emptyTalk, openedAt, reopenedAt, rowsKeptMax, type Talk, withMore, withRows } from './talk.ts'

const page = (rows: readonly ChatRow[], part: Partial<Parameters<typeof openedAt>[1]> = {}) => ({
  conversation: conversationOf('general'),
  rows,
  waiting: [],
  firstUnread: null,
  isBeginning: true,
  isEnd: true,
  ...part,
})
const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => rowOf(from + index))
const talkOf = (from: number, to: number, part: Partial<Talk> = {}): Talk => ({
  ...openedAt(emptyTalk('c:general'), page(rows(from, to)), 'end'),
  ...part,
})
const numbers = ({ rows: shown }: Talk) => shown.map(({ place }) => Number(place))

describe('what a window has of a conversation', () => {
  it('takes new rows at their places, changed ones where they are, and each once', () => {
    const talk = withRows(talkOf(1, 3), [rowOf(5), rowOf(4), rowOf(2, { text: 'edited' })])
    expect(numbers(talk)).toEqual([1, 2, 3, 4, 5])
    expect(talk.rows[1]?.text).toBe('edited')
    expect(numbers(withRows(talk, [rowOf(4), rowOf(4)]))).toEqual([1, 2, 3, 4, 5])
  })

  it('takes no row that lies beyond what is shown, so that no gap is hidden', () => {
    const middle = talkOf(5, 7, { isBeginning: false, isEnd: false })
    expect(numbers(withRows(middle, [rowOf(2), rowOf(9)]))).toEqual([5, 6, 7])
    expect(numbers(withRows(middle, [rowOf(6, { text: 'x' })]))).toEqual([5, 6, 7])
    expect(numbers(withRows({ ...middle, isEnd: true }, [rowOf(2), rowOf(9)]))).toEqual([5, 6, 7, 9])
  })

  it('has what waits below, in the order in which it was said, until it has a place', () => {
    const said = ['a', 'b'].map((id) => rowOf(null, { id }))
    const waiting = said.reduce((talk, row) => withRows(talk, [row]), talkOf(1, 2))
    expect(waiting.waiting.map(({ id }) => id)).toEqual(['a', 'b'])
    const placed = withRows(waiting, [rowOf(3, { id: 'a' }), rowOf(null, { id: 'b', state: { kind: 'sent' } })])
    expect(placed.waiting.map(({ id, state }) => [id, state.kind])).toEqual([['b', 'sent']])
    expect(placed.rows.at(-1)?.id).toBe('a')
  })

  it('puts pages on either side, and lets go of what is furthest away', () => {
    const talk = talkOf(5, 6, { isBeginning: false, isEnd: false })
    const older = withMore(talk, page(rows(3, 4), { isBeginning: false }), 'older')
    expect(numbers(withMore(older, page(rows(7, 8)), 'newer'))).toEqual([3, 4, 5, 6, 7, 8])
    const full = talkOf(1_001, 1_000 + rowsKeptMax, { isBeginning: false })
    const cut = withMore(full, page(rows(901, 1_000)), 'older')
    expect([cut.rows.length, cut.isEnd, cut.rows[0]?.place]).toEqual([rowsKeptMax, false, placeOf(901)])
  })

  it('keeps what stands above the newest page when nothing can be missing in between', () => {
    const read = (talk: Talk, from: number, to: number) =>
      reopenedAt(talk, page(rows(from, to), { isBeginning: from === 1 }), 'end')
    const near = read(talkOf(1, 120), 101, 200)
    expect([numbers(near), near.isBeginning, near.wish.turn]).toEqual([numbers(talkOf(1, 200)), true, 1])
    expect(numbers(read(talkOf(1, 10), 101, 200))).toEqual(numbers(talkOf(101, 200)))
    // The last row came after what was missed.
    const torn = read(withRows(talkOf(1, 10), [rowOf(199)]), 101, 200)
    expect([numbers(torn), torn.isBeginning]).toEqual([numbers(talkOf(101, 200)), false])
    const small = read(talkOf(190, 195, { isBeginning: false }), 101, 200)
    expect([numbers(small), small.isBeginning, small.wish.turn]).toEqual([numbers(talkOf(101, 200)), false, 1])
  })

  it('moves a row that came late to its place', () => {
    const late = rowOf(4, { id: 'late', place: `${placeOf(2)}x` })
    expect(
      withRows(talkOf(1, 4), [late])
        .rows.map(({ id }) => id)
        .indexOf('late'),
    ).toBe(2)
  })
})

describe('the state of a window', () => {
  it('forgets all of one user when another comes, and nothing when the same comes again', () => {
    const ana = { session: 's-1', user: 'ana', isSignedIn: true }
    const state = withDraft(withSession(emptyChat, ana), 'c:general', 'half a line')
    expect(withSession(state, { ...ana, isSignedIn: false }).drafts).toEqual({ 'c:general': 'half a line' })
    expect(withSession(state, { ...ana, session: 's-2', user: 'bia' }).drafts).toEqual({})
  })

  it('follows conversations, people and locks as they are told', () => {
    const lock = { lock: 'l', holder: 'desk/s-1', fence: 1, untilMs: 5, waiting: [] }
    const left = conversationOf('dev', { isMember: false })
    const state = withChanges({ ...emptyChat, conversations: [left] }, [
      { kind: 'conversation', conversation: conversationOf('general', { unread: 2 }) },
      { kind: 'conversation', conversation: left },
      { kind: 'person', person: { name: 'bia', isBot: false, isProtected: true, isHere: true } },
      { kind: 'lock', lock },
    ])
    expect(state.conversations?.map(({ name }) => name)).toEqual(['general'])
    expect(state.people.get('bia')?.isHere).toBe(true)
    expect(withChanges(state, [{ kind: 'lock', lock: { ...lock, holder: null } }]).locks.size).toBe(0)
  })

  it('puts channels in order of names and people in order of who wrote last', () => {
    const all = [
      conversationOf('dev'),
      conversationOf('bia', { id: 'd:1', kind: 'direct', lastAtMs: 1 }),
      conversationOf('caio', { id: 'd:2', kind: 'direct', lastAtMs: 2 }),
      conversationOf('aulas'),
    ]
    const { channels, people } = sortedConversations(all)
    expect([...channels, ...people].map(({ name }) => name)).toEqual(['aulas', 'dev', 'caio', 'bia'])
  })
})

describe('the place in the chat', () => {
  const sessions = [{ session: 's-1', user: 'ana', isSignedIn: true }]

  it('is a user’s, a part, or the question who speaks', () => {
    expect(chatPlace('s-1', null, sessions)).toEqual({ kind: 'talk', session: sessions[0] })
    expect(chatPlace(null, 's-1', sessions)).toEqual({ kind: 'talk', session: sessions[0] })
    expect(chatPlace('programs', 's-1', sessions)).toEqual({ kind: 'programs' })
    // A session that is gone, somebody else who wants to come in, and a window in which nobody has spoken.
    for (const [part, last] of [
      ['s-9', 's-1'],
      ['enter', 's-1'],
      [null, null],
    ] as const)
      expect(chatPlace(part, last, sessions)).toEqual({ kind: 'enter' })
    expect(windowOf('s-1')).toEqual({ page: 'chat', part: 's-1', isAlone: true })
  })
})

describe('a window that follows a user', () => {
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

  function windowOn(chat: FakeChat, ask?: (name: string) => boolean) {
    const bridge = new FakeBridge(new FakeLab(1_000_000), guessedSettings('en'), { chat })
    const call: Actions['ask'] = (name, input) =>
      ask?.(name) === false
        ? Promise.resolve({ ok: false, failure: { code: 'node-down', message: '' } })
        : bridge.call(name, input)
    let ids = 0
    const newId = () => {
      ids += 1
      return ids.toString(16).padStart(32, 'f')
    }
    return { client: new ChatClient({ ask: call, call, wait: settled, newId }), bridge }
  }

  it('opens at what is unread, hears what is said, and says it under one id', async () => {
    const chat = new FakeChat({ messages: 30 })
    const { client } = windowOn(chat)
    client.follow(chat.enter('caio'))
    chat.join('s-1')
    await settled()
    client.open('c:general')
    await settled()
    expect(client.store.getState().talk?.rows).toHaveLength(30)
    await client.say('hello', null)
    await settled()
    expect(client.store.getState().talk?.rows.at(-1)).toMatchObject({ author: 'caio', text: 'hello' })
    chat.say({ session: chat.enter('bia').session, conversation: 'c:general', id: 'b', text: 'oi', replyTo: null })
    await settled()
    expect(client.store.getState().talk?.rows.at(-1)?.text).toBe('oi')
    client.follow(null)
  })

  it('keeps what is typed while the desk takes what was said', async () => {
    const chat = new FakeChat({ messages: 3 })
    const { client } = windowOn(chat)
    client.follow(chat.enter('caio'))
    chat.join('s-1')
    await settled()
    client.open('c:general')
    await settled()
    const type = (text: string) => client.store.setState((state) => withDraft(state, 'c:general', text))
    type('hello')
    const saying = client.say('hello', null)
    type('hello, and more')
    expect(await saying).toBe(true)
    expect(client.store.getState().drafts).toEqual({ 'c:general': ', and more' })
    type('bye')
    expect(await client.say('bye', null)).toBe(true)
    expect(client.store.getState().drafts).toEqual({})
    client.follow(null)
  })

  it('goes on from where it was when the desk was away', async () => {
    const chat = new FakeChat({ messages: 3 })
    let isThere = true
    const { client } = windowOn(chat, () => isThere)
    client.follow(chat.enter('caio'))
    chat.join('s-1')
    await settled()
    client.open('c:general')
    await settled()
    isThere = false
    const said = { session: chat.enter('bia').session, conversation: 'c:general', id: 'b', text: 'oi', replyTo: null }
    chat.say({ ...said, text: 'first' })
    await settled()
    expect(await client.say('lost', null)).toBe(false)
    chat.say({ ...said, id: 'c' })
    isThere = true
    await settled()
    await settled()
    expect(
      client.store
        .getState()
        .talk?.rows.map(({ text }) => text)
        .slice(-2),
    ).toEqual(['first', 'oi'])
    client.follow(null)
  })

  it('goes to a message far above, and back to the newest', async () => {
    const chat = new FakeChat({ messages: 500 })
    const { client } = windowOn(chat)
    client.follow(chat.enter('caio'))
    chat.join('s-1')
    await settled()
    client.open('c:general')
    await settled()
    client.goTo('c:general', placeOf(20))
    await settled()
    const { talk } = client.store.getState()
    expect(talk?.rows.some(({ place }) => place === placeOf(20))).toBe(true)
    expect(talk?.wish.at).toEqual({ place: placeOf(20), isFound: true })
    expect(talk?.isEnd).toBe(false)
    await client.more('newer')
    client.toNewest()
    await settled()
    expect(client.store.getState().talk?.rows.at(-1)?.place).toBe(placeOf(500))
    client.follow(null)
  })
})
