import { beforeEach, describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { Door, Message } from './messages.ts'
import { OneChat } from './testing/one-chat.ts'

let chat: OneChat

beforeEach(() => {
  chat = new OneChat()
  chat.signUp('ana', 'rui', 'eva')
  chat.channel('sala', ['ana', 'rui'])
})

const sala = 'c:sala'
const inSala = (actor: string, through: Door, text = 'x') =>
  chat.try(actor, { kind: 'say', to: { kind: 'channel', name: 'sala' }, text, replyTo: null, through })
const message = (id: string): Message | null => chat.ask({ kind: 'message', as: null, message: id }).message
const mark = (as: string) => {
  const [own] = chat.ask({ kind: 'conversations', as, after: null, limit: 1 }).conversations
  return own === undefined ? null : [own.readNumber, own.readOrdinal, own.mentions]
}
const read = (actor: string, number: number, conversation = sala) =>
  chat.outcome(actor, { kind: 'read', upTo: [{ conversation, number }] })

describe('messages', () => {
  it('CH20 are said by members, by programs of the course, and by bots', () => {
    chat.do(null, { kind: 'log-in', user: 'program', through: 'course' })
    chat.do(null, { kind: 'sign-up', user: 'bot-1', password: null, isBot: true })
    expect([inSala('ana', 'native'), inSala('rui', 'account')]).toEqual(['done', 'done'])
    expect([inSala('eva', 'native'), inSala('eva', 'account')]).toEqual(['not-a-member', 'not-a-member'])
    expect([inSala('program', 'course'), inSala('program', 'account')]).toEqual(['done', 'not-a-member'])
    expect([inSala('bot-1', 'account'), inSala('bot-1', 'native')]).toEqual(['done', 'not-a-member'])
    const to = (conversation: string) => ({ kind: 'conversation', conversation }) as const
    const plan = chat.channel('plan', ['ana'], true)
    for (const place of [to(plan), to('c:none'), to('p:none')]) {
      expect(chat.try('program', { kind: 'say', to: place, text: 'x', replyTo: null, through: 'course' })).toBe(
        'not-a-member',
      )
    }
    const unknown = { kind: 'say', text: 'x', replyTo: null, through: 'native' } as const
    expect(chat.try('ana', { ...unknown, to: { kind: 'channel', name: 'plan' } })).toBe('unknown-channel')
    expect(chat.try('ana', { ...unknown, to: { kind: 'user', name: 'none' } })).toBe('unknown-user')
  })

  it('CH21 have a text, and answer a message beside them', () => {
    expect(['', ' \n', 'x'.repeat(10_001), 'x'.repeat(10_000)].map((text) => inSala('ana', 'native', text))).toEqual([
      'empty',
      'empty',
      'too-long',
      'done',
    ])
    const first = chat.say('ana', sala, 'first')
    const elsewhere = chat.say('ana', chat.channel('b', ['ana']), 'elsewhere')
    const reply = (replyTo: string) =>
      chat.try('ana', {
        kind: 'say',
        to: { kind: 'conversation', conversation: sala },
        text: 'r',
        replyTo,
        through: 'native',
      })
    expect([reply(first.id), reply(elsewhere.id), reply('f'.repeat(32))]).toEqual([
      'done',
      'unknown-message',
      'unknown-message',
    ])
    expect(first).toMatchObject({
      author: 'ana',
      number: 4,
      ordinal: 2,
      through: 'native',
      replyTo: null,
      origin: null,
      isDeleted: false,
    })
  })

  it('CH22 mention users, and members see how often', () => {
    const { id, mentions } = chat.say('ana', sala, '@rui and @eva and @nobody')
    expect(mentions).toEqual(['rui', 'eva'])
    chat.say('ana', sala, '@rui?')
    expect([mark('rui'), mark('ana')]).toEqual([
      [2, 0, 2],
      [4, 2, 0],
    ])
    chat.do('ana', { kind: 'delete', message: id })
    expect(mark('rui')).toEqual([2, 0, 1])
    read('rui', 4)
    expect(mark('rui')).toEqual([4, 2, 0])
  })

  it('CH23 are edited by their author, where they stand', () => {
    const { id, number } = chat.say('ana', sala, 'frist')
    expect(chat.try('rui', { kind: 'edit', message: id, text: 'x' })).toBe('not-yours')
    expect(chat.try('ana', { kind: 'edit', message: id, text: ' ' })).toBe('empty')
    expect(chat.try('ana', { kind: 'edit', message: 'f'.repeat(32), text: 'x' })).toBe('unknown-message')
    const edited = chat.do('ana', { kind: 'edit', message: id, text: 'first @rui' })
    expect(edited.what).toEqual({ kind: 'edited', message: id, number, text: 'first @rui' })
    expect(message(id)).toMatchObject({ text: 'first @rui', mentions: ['rui'], editedAtMs: chat.atMs, number })
    chat.do('ana', { kind: 'edit', message: id, text: 'second' })
    const texts = chat.events('rui', sala).map(({ what }) => ('text' in what ? what.text : what.kind))
    expect(texts).toEqual(['joined', 'joined', 'message', 'second', 'second'])
    expect(chat.history('rui', sala)).toEqual(['second'])
  })

  it('CH23 count as a mention what the edited text says, for who has not read so far', () => {
    const { id } = chat.say('ana', sala, '@rui?')
    chat.do('ana', { kind: 'edit', message: id, text: 'nobody' })
    expect(mark('rui')).toEqual([2, 0, 0])
    chat.do('ana', { kind: 'edit', message: id, text: '@rui after all' })
    chat.do('ana', { kind: 'edit', message: id, text: '@rui!' })
    expect(mark('rui')).toEqual([2, 0, 1])
    chat.do('ana', { kind: 'edit', message: id, text: 'nobody' })
    chat.do('ana', { kind: 'delete', message: id })
    expect(mark('rui')).toEqual([2, 0, 0])
    const read1 = chat.say('ana', sala, 'x')
    read('rui', read1.number)
    chat.do('ana', { kind: 'edit', message: read1.id, text: '@rui' })
    expect(mark('rui')?.at(2)).toBe(0)
  })

  it('CH24 leave no text behind when their author deletes them', () => {
    const { id, number } = chat.say('ana', sala, 'geheim one @rui')
    chat.do('ana', { kind: 'edit', message: id, text: 'geheim two @rui' })
    chat.do('rui', { kind: 'react', message: id, emoji: '👍', isOn: true })
    expect(chat.try('rui', { kind: 'delete', message: id })).toBe('not-yours')
    expect(chat.state.text()).toContain(toHex(encodeText('geheim')))
    chat.do('ana', { kind: 'delete', message: id })
    expect(chat.state.text()).not.toContain(toHex(encodeText('geheim')))
    expect(message(id)).toMatchObject({ text: '', mentions: [], reactions: [], isDeleted: true, author: 'ana', number })
    expect(chat.outcome('ana', { kind: 'delete', message: id })).toMatchObject({ kind: 'done', event: null })
    expect(chat.try('ana', { kind: 'edit', message: id, text: 'x' })).toBe('unknown-message')
    expect(chat.try('rui', { kind: 'react', message: id, emoji: '👍', isOn: true })).toBe('unknown-message')
  })

  it('CH25 are reacted to, by each once with each sign', () => {
    const { id } = chat.say('ana', sala, 'x')
    const react = (actor: string, emoji: string, isOn = true) =>
      chat.outcome(actor, { kind: 'react', message: id, emoji, isOn })
    expect(react('rui', '👍')).toMatchObject({
      event: { what: { kind: 'reacted', user: 'rui', emoji: '👍', isOn: true } },
    })
    expect([react('rui', '👍'), react('ana', '🐝', false)]).toMatchObject([{ event: null }, { event: null }])
    react('eva', '👍')
    react('rui', '🐝')
    react('rui', '👍', false)
    expect(message(id)?.reactions).toEqual([
      { emoji: '👍', users: ['eva'] },
      { emoji: '🐝', users: ['rui'] },
    ])
    for (let sign = 2; sign < 32; sign += 1) expect(react('ana', `:${sign}:`).kind).toBe('done')
    expect([react('ana', 'more'), react('ana', '👍')]).toMatchObject([{ why: 'too-many' }, { kind: 'done' }])
    expect([react('ana', ' '), react('ana', 'x'.repeat(17))]).toMatchObject([
      { why: 'malformed' },
      { why: 'malformed' },
    ])
  })

  it('CH26 are read forwards alone, and no further than they go', () => {
    chat.say('ana', sala, 'a')
    const { id } = chat.say('ana', sala, 'b')
    chat.do('ana', { kind: 'react', message: id, emoji: '👍', isOn: true })
    expect(mark('rui')).toEqual([2, 0, 0])
    expect(read('rui', 3)).toMatchObject({
      event: { feed: 'u:rui', what: { upTo: { conversation: sala, number: 3 } } },
    })
    expect(mark('rui')).toEqual([3, 1, 0])
    expect([read('rui', 2), read('rui', 3), read('eva', 3), read('rui', 3, 'c:none')]).toMatchObject(
      Array(4).fill({ event: null }),
    )
    read('rui', 1_000)
    expect(mark('rui')).toEqual([5, 2, 0])
    const upTo = Array.from({ length: 101 }, () => ({ conversation: sala, number: 1 }))
    expect(chat.try('rui', { kind: 'read', upTo })).toBe('too-many')
  })

  it('CH26 are read by who answers them', () => {
    chat.say('ana', sala, '@rui')
    expect(mark('rui')).toEqual([2, 0, 1])
    chat.say('rui', sala, 'yes')
    expect(mark('rui')).toEqual([4, 2, 0])
  })
})
