import { beforeEach, describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { chatLimits } from './limits.ts'
import { isKeptName, isName, namesIn } from './names.ts'
import { OneChat } from './testing/one-chat.ts'

let chat: OneChat

beforeEach(() => {
  chat = new OneChat()
})

const signUp = (user: string, password: string | null = '$scrypt$') =>
  chat.try(null, { kind: 'sign-up', user, password, isBot: false })
const logIn = (user: string, through: 'native' | 'course' | 'account') =>
  chat.try(null, { kind: 'log-in', user, through })
const create = (name: string, isPrivate = false) =>
  chat.try('ana', { kind: 'create-channel', name, title: '', isPrivate, fence: null })
const user = (name: string) => chat.ask({ kind: 'user', user: name }).user

describe('names', () => {
  it('CH7 are short, seen as they are, and no topic of the protocol', () => {
    for (const name of ['a', 'Ana Lúcia', 'bot-7', 'x'.repeat(64), '李雷', '🐝', 'c:general'])
      expect(isName(name), name).toBe(true)
    const wrong = [
      '',
      ' a',
      'a ',
      'a\nb',
      'a\u0000',
      'x'.repeat(65),
      'servers',
      'replica',
      'all',
      'a\u202eb',
      'an\u200ba',
      'ana\u00a0lúcia',
      'ana  lúcia',
      'ana\u2800',
      'João'.normalize('NFD'),
      '❤\ufe0f',
    ]
    for (const name of wrong) expect(isName(name), JSON.stringify(name)).toBe(false)
    expect([signUp(''), logIn('servers', 'course')]).toEqual(['name-not-allowed', 'name-not-allowed'])
  })

  it('CH7 look like no other by what need not be drawn, as far as this engine knows', () => {
    const ignorable = /\p{Default_Ignorable_Code_Point}/u
    const letters = Array.from({ length: 0x11_0000 }, (_, point) => String.fromCodePoint(point))
    const unseen = letters.filter((letter) => ignorable.test(letter))
    expect(unseen.length).toBeGreaterThan(4_000)
    expect(unseen.filter((letter) => isName(`li${letter}a`) || isName(`lia${letter}`))).toEqual([])
  })

  it('CH7 stay what they are where an earlier version took them', () => {
    for (const name of ['ana', '❤\ufe0f', 'João'.normalize('NFD')]) expect(isKeptName(name), name).toBe(true)
    for (const name of ['', 'a\u202eb', 'servers', 'x'.repeat(65)]) expect(isKeptName(name), name).toBe(false)
  })

  it('CH8 are one world of users and public channels, compared as they are', () => {
    expect([signUp('ana'), signUp('ana'), signUp('Ana')]).toEqual(['done', 'name-taken', 'done'])
    expect([signUp('general'), create('ana'), create('sala'), create('Sala')]).toEqual([
      'name-taken',
      'name-taken',
      'done',
      'done',
    ])
    expect([create('sala'), logIn('sala', 'course')]).toEqual(['name-taken', 'name-taken'])
  })

  it('CH9 of private channels take nothing, and tell of nothing', () => {
    signUp('ana')
    expect([create('plan', true), create('plan', true), create('plan'), create('ana', true)]).toEqual(
      Array(4).fill('done'),
    )
    expect([signUp('plan'), signUp('secret')]).toEqual(['name-taken', 'done'])
    expect(create('secret', true)).toBe('done')
  })

  it('CH22 are found after an at sign', () => {
    expect(namesIn('no mention, ana@example.org')).toEqual([])
    expect(namesIn('@ana, (@rui) and @ana. @bot-7: @joão! @ x')).toEqual(['ana', 'rui', 'bot-7', 'joão'])
    expect(namesIn('@a '.repeat(10) + Array.from({ length: 60 }, (_, n) => `@u${n}`).join(' '))).toHaveLength(50)
  })
})

describe('users', () => {
  it('CH10 sign up once, and everybody is told', () => {
    signUp('ana')
    chat.do(null, { kind: 'sign-up', user: 'bot-1', password: null, isBot: true })
    expect(user('ana')).toEqual({ name: 'ana', isBot: false, password: '$scrypt$', validFromMs: 0, lastLogInMs: null })
    expect(user('bot-1')).toMatchObject({ isBot: true, password: null })
    expect(user('eva')).toBeNull()
    expect(
      chat
        .events('ana', 'all')
        .slice(3)
        .map(({ what }) => what),
    ).toEqual([
      { kind: 'user', user: 'ana', isBot: false, isProtected: true },
      { kind: 'user', user: 'bot-1', isBot: true, isProtected: false },
    ])
    expect([signUp('eva', ''), signUp('eva', 'x'.repeat(513))]).toEqual(['malformed', 'malformed'])
  })

  it('CH11 log in with their times; the course signs up whom it does not know', () => {
    signUp('ana')
    expect([logIn('ana', 'native'), logIn('eva', 'native'), logIn('eva', 'account'), logIn('eva', 'course')]).toEqual([
      'done',
      'unknown-user',
      'unknown-user',
      'done',
    ])
    expect(logIn('eva', 'course')).toBe('done')
    expect(user('eva')).toMatchObject({ password: null, isBot: false, lastLogInMs: chat.atMs })
    const { logIns } = chat.ask({ kind: 'log-ins', before: null, limit: 10 })
    expect(logIns.map(({ number, user, through }) => [number, user, through])).toEqual([
      [3, 'eva', 'course'],
      [2, 'eva', 'course'],
      [1, 'ana', 'native'],
    ])
    expect(chat.ask({ kind: 'log-ins', before: 3, limit: 1 }).logIns.map(({ number }) => number)).toEqual([2])
  })

  it('CH11 keeps the last log-ins', () => {
    for (let done = 0; done <= chatLimits.logInsKept; done += 500) {
      const what = { kind: 'log-in', user: 'eva', through: 'course' } as const
      chat.apply(Array.from({ length: 500 }, () => ({ id: chat.id(), actor: null, what })))
    }
    expect(chat.state.spaces.get('log-ins')?.size).toBe(chatLimits.logInsKept)
    expect(chat.ask({ kind: 'log-ins', before: 502, limit: 10 }).logIns.map(({ number }) => number)).toEqual([501])
  })

  it('CH12 with a password are nobody else through the course', () => {
    signUp('ana')
    expect(logIn('ana', 'course')).toBe('protected-name')
    const to = { kind: 'channel', name: 'general' } as const
    expect(chat.try('ana', { kind: 'say', to, text: 'x', replyTo: null, through: 'course' })).toBe('protected-name')
    expect(user('ana')?.lastLogInMs).toBeNull()
  })

  it('CH13 take their tokens back', () => {
    signUp('ana')
    logIn('eva', 'course')
    expect(chat.try('ana', { kind: 'set-password', password: '$scrypt$new' })).toBe('done')
    expect(user('ana')).toMatchObject({ password: '$scrypt$new', validFromMs: chat.atMs })
    expect(chat.try('ana', { kind: 'sign-out-everywhere' })).toBe('done')
    expect(user('ana')).toMatchObject({ password: '$scrypt$new', validFromMs: chat.atMs })
    expect(chat.try('eva', { kind: 'set-password', password: '$scrypt$' })).toBe('not-yours')
    expect(chat.try('ana', { kind: 'set-password', password: '' })).toBe('malformed')
    expect(chat.try(null, { kind: 'sign-out-everywhere' })).toBe('malformed')
  })

  it('CH13 have their secrets in one space alone', () => {
    signUp('ana', '$scrypt$one')
    chat.try('ana', { kind: 'set-password', password: '$scrypt$two' })
    chat.try(null, { kind: 'token-key', key: new Uint8Array(32).fill(0xab) })
    const rows = chat.state.text().split('\n')
    const secret = (row: string) => row.includes(toHex(encodeText('$scrypt$'))) || row.includes('ab'.repeat(32))
    expect(rows.filter(secret).map((row) => row.split(' ').slice(0, 2))).toEqual([
      ['secrets', 'token-keys'],
      ['secrets', 'u:ana'],
    ])
  })

  it('CH14 are given tokens by the newest of four keys', () => {
    const key = (byte: number) => ({ kind: 'token-key', key: new Uint8Array(32).fill(byte) }) as const
    for (const byte of [1, 2, 3, 4, 5]) expect(chat.try(null, key(byte))).toBe('done')
    const { keys } = chat.ask({ kind: 'token-keys' })
    expect(keys.map(({ key }) => key[0])).toEqual([2, 3, 4, 5])
    expect(keys.at(-1)).toMatchObject({ id: '5'.padStart(32, '0'), fromMs: chat.atMs })
    signUp('ana')
    expect(chat.try('ana', key(6))).toBe('malformed')
    expect(chat.try('ana', { kind: 'expire-locks' })).toBe('malformed')
    expect(chat.try(null, { kind: 'token-key', key: new Uint8Array(31) })).toBe('malformed')
  })
})
