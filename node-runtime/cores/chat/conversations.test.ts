import { beforeEach, describe, expect, it } from 'vitest'
import { chatLimits } from './limits.ts'
import type { What } from './messages.ts'
import { OneChat } from './testing/one-chat.ts'

let chat: OneChat

beforeEach(() => {
  chat = new OneChat()
  chat.signUp('ana', 'rui', 'eva')
})

const creating = (name: string, change: Partial<Extract<What, { kind: 'create-channel' }>> = {}): What => ({
  kind: 'create-channel',
  name,
  title: 'Sala de estar',
  isPrivate: false,
  fence: null,
  ...change,
})
const own = (as: string) =>
  chat
    .ask({ kind: 'conversations', as, after: null, limit: 50 })
    .conversations.map(({ conversation }) => conversation.id)
const feed = (name: string, as: string | null = null) => chat.events(as, name).map(({ what }) => what.kind)
const members = (conversation: string) =>
  chat.ask({ kind: 'members', as: null, conversation, after: null, limit: 50 })?.members.map(({ user }) => user)

describe('channels', () => {
  it('CH15 are made by somebody who is in them, or by a program which is not', () => {
    chat.do('ana', creating('sala'))
    chat.do(null, creating('course'))
    expect([members('c:sala'), members('c:course'), own('ana')]).toEqual([['ana'], [], ['c:sala']])
    const { conversation, isMember } = chat.ask({ kind: 'conversation', as: 'ana', conversation: 'c:sala' })
    expect(conversation).toMatchObject({ kind: 'channel', title: 'Sala de estar', createdBy: 'ana', members: 1 })
    expect([isMember, chat.ask({ kind: 'conversation', as: 'rui', conversation: 'c:sala' }).isMember]).toEqual([
      true,
      false,
    ])
    expect([feed('c:sala'), feed('u:ana')]).toEqual([['joined'], ['conversation']])
    expect(chat.try('ana', creating('x', { title: 'x'.repeat(201) }))).toBe('too-long')
    expect(chat.try(null, creating('x', { isPrivate: true }))).toBe('malformed')
    expect(chat.ask({ kind: 'status' }).channels).toBe(5)
  })

  it('CH15 are made by whoever holds their lock, if somebody does', () => {
    const { fence } = chat.outcome('ana', { kind: 'ask-lock', lock: 'channel:sala', holder: 'desk/1' }) as {
      fence: number
    }
    expect(chat.try('rui', creating('sala'))).toBe('locked')
    expect(chat.try('rui', creating('sala', { fence }))).toBe('locked')
    expect(chat.try('ana', creating('sala'))).toBe('locked')
    expect(chat.try('ana', creating('sala', { fence: fence + 1 }))).toBe('locked')
    expect(chat.try('ana', creating('other', { fence }))).toBe('locked')
    expect(chat.try('ana', creating('sala', { fence }))).toBe('done')
  })

  it('CH15 are made without a lock whose time is over', () => {
    chat.do('ana', { kind: 'ask-lock', lock: 'channel:sala', holder: 'desk/1' })
    chat.atMs += chatLimits.lockMs
    expect(chat.try('rui', creating('sala'))).toBe('done')
  })

  it('CH16 are joined by anybody, once, who has read what was there', () => {
    chat.channel('sala', ['ana'])
    chat.say('ana', 'c:sala', 'before')
    chat.do('rui', { kind: 'join', channel: 'sala' })
    expect(chat.outcome('rui', { kind: 'join', channel: 'sala' })).toEqual({ kind: 'done', event: null, fence: null })
    expect(chat.try('rui', { kind: 'join', channel: 'none' })).toBe('unknown-channel')
    expect([members('c:sala'), feed('c:sala')]).toEqual([
      ['ana', 'rui'],
      ['joined', 'message', 'joined'],
    ])
    const [mine] = chat.ask({ kind: 'conversations', as: 'rui', after: null, limit: 5 }).conversations
    expect(mine).toMatchObject({
      readNumber: 3,
      readOrdinal: 1,
      mentions: 0,
      conversation: { lastOrdinal: 1, members: 2 },
    })
    expect(chat.history('rui', 'c:sala')).toEqual(['before'])
  })

  it('CH16 that are private are joined by invitation of a member', () => {
    const plan = chat.channel('plan', ['ana'], true)
    chat.say('ana', plan, 'before')
    expect(chat.try('rui', { kind: 'join', channel: 'plan' })).toBe('unknown-channel')
    expect(chat.try('rui', { kind: 'invite', conversation: plan, user: 'rui' })).toBe('not-a-member')
    expect(chat.try('ana', { kind: 'invite', conversation: plan, user: 'nobody' })).toBe('unknown-user')
    expect(chat.do('ana', { kind: 'invite', conversation: plan, user: 'rui' }).what).toEqual({
      kind: 'joined',
      conversation: plan,
      user: 'rui',
    })
    expect(chat.outcome('ana', { kind: 'invite', conversation: plan, user: 'rui' })).toMatchObject({ event: null })
    expect([own('rui'), feed('u:rui'), chat.history('rui', plan)]).toEqual([[plan], ['conversation'], ['before']])
  })

  it('CH17 show nothing more to who has left', () => {
    const plan = chat.channel('plan', ['ana', 'rui'], true)
    expect(chat.try('eva', { kind: 'leave', conversation: plan })).toBe('not-a-member')
    chat.do('rui', { kind: 'leave', conversation: plan })
    expect([members(plan), own('rui'), feed('u:rui')]).toEqual([['ana'], [], ['conversation', 'left']])
    expect([chat.history('rui', plan), chat.events('rui', plan)]).toEqual([null, []])
    expect(chat.state.spaces.get('own')?.size).toBe(1)
    chat.do('ana', { kind: 'leave', conversation: plan })
    expect(chat.ask({ kind: 'conversation', as: null, conversation: plan }).conversation?.members).toBe(0)
  })
})

describe('direct conversations and groups', () => {
  it('CH18 begin once, whoever begins', () => {
    const to = { kind: 'user', name: 'ana' } as const
    const { feed: id } = chat.do('rui', { kind: 'say', to, text: 'hello', replyTo: null, through: 'native' })
    expect([id, members(id), own('ana'), own('rui')]).toEqual(['d:ana\nrui', ['ana', 'rui'], [id], [id]])
    expect([feed('u:ana'), feed(id)]).toEqual([['conversation'], ['message']])
    expect(chat.outcome('ana', { kind: 'begin-direct', user: 'rui' })).toEqual({
      kind: 'done',
      event: null,
      fence: null,
    })
    expect(chat.do('ana', { kind: 'begin-direct', user: 'eva' }).what.kind).toBe('conversation')
    expect(chat.try('ana', { kind: 'begin-direct', user: 'nobody' })).toBe('unknown-user')
    chat.do('eva', { kind: 'begin-direct', user: 'eva' })
    expect(members('d:eva\neva')).toEqual(['eva'])
    expect([chat.history('eva', id), chat.history('ana', id)]).toEqual([null, ['hello']])
  })

  it('CH18 are never left, and nobody is invited', () => {
    chat.do('rui', { kind: 'begin-direct', user: 'ana' })
    expect(chat.try('rui', { kind: 'leave', conversation: 'd:ana\nrui' })).toBe('malformed')
    expect(chat.try('rui', { kind: 'invite', conversation: 'd:ana\nrui', user: 'eva' })).toBe('malformed')
  })

  it('CH19 have up to fifty users', () => {
    const many = Array.from({ length: 51 }, (_, number) => `user ${number}`)
    chat.signUp(...many)
    expect(chat.try('ana', { kind: 'create-group', users: many.slice(0, 50) })).toBe('too-many')
    expect(chat.try('ana', { kind: 'create-group', users: ['nobody'] })).toBe('unknown-user')
    const { what } = chat.do('ana', { kind: 'create-group', users: ['ana', ...many.slice(0, 49), 'user 0'] })
    const group = what.kind === 'conversation' ? what.conversation : null
    expect(group).toMatchObject({ kind: 'group', isPrivate: true, members: 50, createdBy: 'ana' })
    expect(chat.try('user 0', { kind: 'invite', conversation: group?.id ?? '', user: 'user 50' })).toBe('too-many')
    chat.do('user 0', { kind: 'leave', conversation: group?.id ?? '' })
    expect(chat.try('user 1', { kind: 'invite', conversation: group?.id ?? '', user: 'user 50' })).toBe('done')
  })

  it('CH19 are smaller than a channel may be', () => {
    const many = Array.from({ length: 51 }, (_, number) => `user ${number}`)
    chat.signUp(...many)
    chat.channel('sala', ['ana', ...many])
    expect(chat.ask({ kind: 'conversation', as: null, conversation: 'c:sala' }).conversation?.members).toBe(52)
  })

  it('CH19 are no more for whoever is in too many', () => {
    for (let done = 0; done < chatLimits.conversationsPerUserMax; done += 500) {
      const what = { kind: 'create-channel', name: 'x', title: '', isPrivate: true, fence: null } as const
      chat.apply(Array.from({ length: 500 }, () => ({ id: chat.id(), actor: 'ana', what })))
    }
    const wanted: readonly What[] = [
      { kind: 'create-channel', name: 'y', title: '', isPrivate: false, fence: null },
      { kind: 'join', channel: 'general' },
      { kind: 'create-group', users: ['rui'] },
      { kind: 'begin-direct', user: 'rui' },
    ]
    expect(wanted.map((what) => chat.try('ana', what))).toEqual(Array(4).fill('too-many'))
    expect(chat.try('rui', { kind: 'create-group', users: ['ana'] })).toBe('too-many')
  })
})
