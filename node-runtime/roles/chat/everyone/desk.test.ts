import { describe, expect, it } from 'vitest'
import { decodeChatQueryAnswer } from '#cores/chat/index'
import type { ChatEvent, ChatQuery, Deed, What } from '#cores/chat/messages'
import { nodeId } from '#kit/ids'
import { eventsIn, feedTopic } from '../native-topics.ts'
import { servers } from '../testing/plain-chat.ts'
import { wholeChat } from '../testing/whole-chat.ts'
import { Desk, publish, untilAlike } from './testing/everyone-chat.ts'

function withDesk() {
  const desk = new Desk()
  const chat = wholeChat(desk.role, 'everyone')
  const act = (what: What, id = desk.nextId(), token = 'ana') => {
    const deed: Deed = { id, actor: null, what }
    return desk.ask(chat, { kind: 'act', token, deed }, id)
  }
  const query = <Query extends ChatQuery>(own: Query, token: string | null = 'ana') => {
    const answer = desk.ask(chat, { kind: 'query', token, consistency: 'linearizable', query: own })
    if (answer.kind !== 'found') throw new Error(`${own.kind}: ${JSON.stringify(answer)}`)
    const kind: Query['kind'] = own.kind
    const found = decodeChatQueryAnswer(kind, answer.answer)
    if (found === null) throw new Error(`${own.kind}: what came is no answer`)
    return found.answer
  }
  const say = (text: string, id?: string) => act(sayIn('general', text), id)
  desk.ask(chat, { kind: 'sign-in', user: 'ana', password: '' })
  return { chat, desk, act, query, say }
}

const sayIn = (name: string, text: string): What => ({
  ...{ kind: 'say', to: { kind: 'channel', name }, text },
  ...{ replyTo: null, through: 'native' },
})
const done = { kind: 'outcome', outcome: { kind: 'done' } }
const notHere = { kind: 'failed', failure: { code: 'does-not-apply' } }

describe('a desk', () => {
  it('is whoever it says, and hears that there are no passwords', () => {
    const { chat, desk, query } = withDesk()
    expect(desk.ask(chat, { kind: 'sign-up', user: 'bia', password: '' })).toEqual({
      kind: 'token',
      token: { user: 'bia', token: 'bia' },
    })
    expect(desk.ask(chat, { kind: 'sign-in', user: 'bia', password: 'uma senha' })).toMatchObject(notHere)
    expect(desk.ask(chat, { kind: 'sign-in', user: 'dev', password: '' })).toMatchObject({
      failure: { code: 'name-taken' },
    })
    expect(desk.ask(chat, { kind: 'here', token: '' })).toMatchObject({ failure: { code: 'not-signed-in' } })
    expect(query({ kind: 'user', user: 'bia' }).user).toMatchObject({ name: 'bia', password: null, isBot: false })
  })

  it('says something, and reads it at whichever server answers', () => {
    const { chat, act, query, say } = withDesk()
    for (const text of ['um', 'dois', 'três']) expect(say(text)).toMatchObject(done)
    expect(act({ kind: 'create-channel', name: 'cursos', title: '', isPrivate: false, fence: null })).toMatchObject(
      done,
    )
    expect(act(sayIn('cursos', 'oi'))).toMatchObject(done)
    untilAlike(chat)
    for (const _ of servers) {
      const page = query({ kind: 'history', as: '', conversation: 'c:general', from: 0, order: 'up', limit: 10 })
      const own = page?.messages.filter(({ author }) => author === 'ana') ?? []
      expect(own.map(({ text }) => text)).toEqual(['um', 'dois', 'três'])
      expect(own.every(({ lamport, logIndex, number }) => lamport > 0 && logIndex > 0 && number > 0)).toBe(true)
      expect(own.every(({ origin }) => servers.some((server) => server === origin))).toBe(true)
    }
    const { conversations } = query({ kind: 'conversations', as: '', after: null, limit: 10 })
    expect(conversations.map(({ conversation }) => conversation.name)).toEqual(['cursos', 'dev', 'general', 'random'])
    expect(query({ kind: 'status' }, null).users).toBeGreaterThan(0)
  })

  it('reads page by page, up and down', () => {
    const { chat, query, say, act } = withDesk()
    act({ kind: 'create-channel', name: 'cursos', title: '', isPrivate: false, fence: null })
    for (let number = 1; number <= 7; number += 1) act(sayIn('cursos', `${number}`))
    untilAlike(chat)
    const page = (from: number, order: 'up' | 'down', limit = 3) => {
      const found = query({ kind: 'history', as: '', conversation: 'c:cursos', from, order, limit })
      return [found?.messages.map(({ number, text }) => `${number}=${text}`).join(' '), found?.isWhole]
    }
    expect(page(0, 'up')).toEqual(['1=1 2=2 3=3', false])
    expect(page(3, 'up')).toEqual(['4=4 5=5 6=6', false])
    expect(page(6, 'up')).toEqual(['7=7', true])
    expect(page(7, 'up')).toEqual(['', true])
    expect(page(Number.MAX_SAFE_INTEGER, 'down')).toEqual(['5=5 6=6 7=7', false])
    expect(page(5, 'down')).toEqual(['2=2 3=3 4=4', false])
    expect(page(2, 'down')).toEqual(['1=1', true])
    expect(query({ kind: 'history', as: '', conversation: 'c:nope', from: 0, order: 'up', limit: 3 })).toBeNull()
    expect(query({ kind: 'events', as: '', feed: 'c:cursos', after: 5, limit: 9 })).toMatchObject({
      last: 7,
      isForgotten: false,
      events: [{ number: 6 }, { number: 7 }],
    })
    expect(say('nothing else')).toMatchObject(done)
  })

  it('writes to somebody, and nobody else is shown it by a desk', () => {
    const { chat, desk, act, query } = withDesk()
    desk.ask(chat, { kind: 'sign-in', user: 'bia', password: '' })
    const what: What = {
      ...{ kind: 'say', to: { kind: 'user', name: 'bia' }, text: 'psiu' },
      ...{ replyTo: null, through: 'native' },
    }
    expect(act(what)).toMatchObject(done)
    const again: What = { ...what, to: { kind: 'conversation', conversation: 'd:ana\nbia' }, text: 'de novo' }
    expect(act(again)).toMatchObject(done)
    untilAlike(chat)
    const history = { kind: 'history', as: '', conversation: 'd:ana\nbia', from: 0, order: 'up', limit: 9 } as const
    expect(query(history, 'bia')?.messages.map(({ text }) => text)).toEqual(['psiu', 'de novo'])
    expect(query(history, 'caio')).toBeNull()
    expect(act(again, undefined, 'caio')).toMatchObject({ outcome: { kind: 'refused', why: 'not-a-member' } })
    const { conversations } = query({ kind: 'conversations', as: '', after: 'c:random', limit: 9 }, 'bia')
    expect(conversations.map(({ conversation }) => conversation.id)).toEqual(['d:ana\nbia'])
  })

  it('asks again under the same id, of another server, and it happens once', () => {
    const { chat, query, say } = withDesk()
    untilAlike(chat)
    const id = 'ab'.repeat(16)
    for (const server of servers) for (const other of servers) chat.hosts.cut.add(`${server}>${other}`)
    const outcomes = servers.map(() => say('once', id))
    chat.hosts.cut.clear()
    untilAlike(chat)
    expect(outcomes.map((said) => (said.kind === 'outcome' ? said.outcome.kind : said.kind))).toContain('done')
    const page = query({ kind: 'history', as: '', conversation: 'c:general', from: 0, order: 'up', limit: 99 })
    expect(page?.messages.filter(({ text }) => text === 'once')).toHaveLength(1)
    expect(query({ kind: 'message', as: '', message: id }).message).toMatchObject({ text: 'once', id })
  })

  it('searches page by page, whoever answers', () => {
    const { chat, desk, say, query } = withDesk()
    for (let number = 0; number < 7; number += 1) say(`Lição ${number} de português`)
    say('outra coisa')
    untilAlike(chat)
    const found: string[] = []
    for (let cursor: string | null = null; ; ) {
      const order = { words: 'licao portug', from: null, in: 'general', beforeMs: null, cursor, limit: 3 }
      const answer = desk.ask(chat, { kind: 'search', token: 'ana', order })
      if (answer.kind !== 'page') throw new Error(JSON.stringify(answer))
      found.push(...answer.page.messages.map(({ text }) => text.slice(6, 7)))
      cursor = answer.page.next
      if (cursor === null) break
    }
    expect(found).toEqual(['6', '5', '4', '3', '2', '1', '0'])
    const order = { words: '', from: null, in: null, beforeMs: null, cursor: 'no place', limit: 3 }
    expect(desk.ask(chat, { kind: 'search', token: 'ana', order })).toMatchObject({ failure: { code: 'bad-request' } })
    expect(query({ kind: 'locks', after: null, limit: 9 }, null).locks).toEqual([])
  })

  it('hears natively what is said, and who comes', () => {
    const { chat, desk, act, say } = withDesk()
    const sockets = chat.room.open({
      nodeId: nodeId('listener'),
      isOfLab: true,
      plans: [{ kind: 'subscriber', name: 'native', to: { host: 'virtual', port: 5819 }, trust: { kind: 'open' } }],
    })
    const heard = new Map<string, ChatEvent[]>()
    const subscriber = sockets.subscriber('native')
    subscriber.follow('')
    subscriber.listen((topic, payload) => {
      heard.set(topic, [...(heard.get(topic) ?? []), ...eventsIn(payload)])
    })
    chat.hosts.run(100)
    desk.ask(chat, { kind: 'sign-in', user: 'bia', password: '' })
    say('ouvido')
    const what: What = {
      ...{ kind: 'say', to: { kind: 'user', name: 'bia' }, text: 'psiu' },
      ...{ replyTo: null, through: 'native' },
    }
    act(what)
    chat.hosts.run(100)
    const told = (feed: string) => heard.get(feedTopic(feed))?.map((event) => event.what) ?? []
    expect(told('all')).toMatchObject([{ kind: 'user', user: 'bia' }])
    expect(told('c:general')).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ text: 'ouvido', author: 'ana' }) }),
    )
    expect(told('u:bia')).toMatchObject([{ kind: 'conversation', conversation: { id: 'd:ana\nbia' } }])
    expect(told('d:ana\nbia')).toMatchObject([{ kind: 'message', message: { text: 'psiu' } }])
  })

  it('is told definitely what this profile has not', () => {
    const { chat, desk, act } = withDesk()
    publish(chat, 'x')
    const id = 'cd'.repeat(16)
    const none: readonly What[] = [
      { kind: 'edit', message: id, text: 'y' },
      { kind: 'delete', message: id },
      { kind: 'react', message: id, emoji: '👍', isOn: true },
      { kind: 'create-channel', name: 'segredo', title: '', isPrivate: true, fence: null },
      { kind: 'create-group', users: ['bia'] },
      { kind: 'invite', conversation: 'c:general', user: 'bia' },
      { kind: 'leave', conversation: 'c:general' },
      { kind: 'ask-lock', lock: 'channel:x', holder: 'desk/1' },
      { kind: 'sign-out-everywhere' },
      { ...sayIn('general', 'y'), replyTo: id } as What, // a reply
    ]
    for (const what of none) expect(act(what), what.kind).toMatchObject(notHere)
    expect(desk.ask(chat, { kind: 'set-password', token: 'ana', password: '', newPassword: 'x' })).toMatchObject(
      notHere,
    )
    expect(act({ kind: 'join', channel: 'general' })).toMatchObject(done)
    expect(act({ kind: 'join', channel: 'nope' })).toMatchObject({ outcome: { why: 'unknown-channel' } })
    expect(act({ kind: 'begin-direct', user: 'nobody' })).toMatchObject({ outcome: { why: 'unknown-user' } })
    expect(act(sayIn('general', ' '))).toMatchObject({ outcome: { kind: 'refused', why: 'empty' } })
  })
})
