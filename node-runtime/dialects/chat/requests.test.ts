import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode } from './codec.ts'
import { type Codec, clockMax, readRequest } from './index.ts'
import { readStamp, timeOf } from './stamp.ts'
import { anyMap, valueFrom } from './testing/values.ts'
import type { Value } from './values.ts'

const codecs: readonly Codec[] = ['json', 'messagepack']
const ask = (service: unknown, data?: unknown, codec: Codec = 'json') =>
  readRequest([encode(codec, valueFrom(data === undefined ? { service } : { service, data }))])
const asked = (service: string, data?: unknown, codec: Codec = 'json') => {
  const request = ask(service, data, codec)
  return request.kind === 'course' || request.kind === 'account' ? request.ask : request
}
const why = (service: unknown, data?: unknown) => {
  const request = ask(service, data)
  return request.kind === 'refused' ? request.why : request
}

describe('requests of the course', () => {
  it.each(codecs)('DC8 are read in %s', (codec) => {
    expect(asked('login', { user: 'ana', timestamp: 1, clock: 2 }, codec)).toEqual({ kind: 'login', user: 'ana' })
    expect(asked('users', {}, codec)).toEqual({ kind: 'users' })
    expect(asked('channel', { channel: 'geral' }, codec)).toEqual({ kind: 'channel', channel: 'geral' })
    expect(asked('channels', undefined, codec)).toEqual({ kind: 'channels' })
    const publish = { user: 'ana', channel: 'geral', message: 'olá' }
    expect(asked('publish', publish, codec)).toEqual({ kind: 'publish', ...publish })
    const message = { src: 'ana', dst: 'bia', message: 'oi' }
    expect(asked('message', message, codec)).toEqual({ kind: 'message', ...message })
    expect(asked('rank', { user: 's1' }, codec)).toEqual({ kind: 'rank', user: 's1' })
    expect(asked('heartbeat', { user: 's1' }, codec)).toEqual({ kind: 'heartbeat', user: 's1' })
    for (const kind of ['list', 'clock', 'election']) expect(asked(kind, {}, codec)).toEqual({ kind })
  })

  it('DC8 say how they were put', () => {
    expect(ask('users', null, 'messagepack')).toMatchObject({
      form: { codec: 'messagepack', dialect: 'course', service: 'users' },
    })
    expect(ask('x'.repeat(100))).toMatchObject({ form: { service: `${'x'.repeat(63)}…` } })
  })

  it('DC11 have aliases', () => {
    expect(asked('register_user', { user: 'ana' })).toEqual({ kind: 'login', user: 'ana' })
    expect(asked('list_channels', {})).toEqual({ kind: 'channels' })
  })

  it.each([null, 1, true, [], {}, '', '\ud800'])('DC12 are refused by a field that is %j', (wrong) => {
    expect(why('login', { user: wrong })).toEqual({ kind: 'field', field: 'user' })
    expect(why('publish', { user: 'ana', channel: 'geral', message: wrong })).toEqual({
      kind: 'field',
      field: 'message',
    })
  })

  it('DC12 are refused with nothing, or with something else', () => {
    expect(why('login')).toEqual({ kind: 'field', field: 'user' })
    expect(why('login', [])).toEqual({ kind: 'field', field: 'data' })
    expect(why('users', 'x')).toEqual({ kind: 'field', field: 'data' })
    expect(why('dance', {})).toEqual({ kind: 'service', service: 'dance' })
    expect(why('__proto__', {})).toEqual({ kind: 'service', service: '__proto__' })
    expect(why('toString', {})).toMatchObject({ kind: 'service' })
    expect(why(7, {})).toEqual({ kind: 'service', service: '' })
  })

  it('DC8 that are too long are refused in their codec, and not read', () => {
    const long = encode('json', valueFrom({ service: 'login', data: { user: 'a'.repeat(128 * 1024) } }))
    const refused = { kind: 'refused', why: { kind: 'too-long' } }
    expect(readRequest([long])).toMatchObject({ ...refused, form: { codec: 'json' } })
    expect(readRequest([new Uint8Array(200_000).fill(0xc1)])).toMatchObject({
      ...refused,
      form: { codec: 'messagepack' },
    })
    expect(readRequest([new Uint8Array(200_000)])).toEqual({ kind: 'dropped' })
  })

  it('DC1 DC8 that are no map are refused in their codec, or dropped', () => {
    const refused = (codec: Codec) => ({ kind: 'refused', why: { kind: 'form' }, form: { codec, dialect: 'course' } })
    for (const codec of codecs) {
      expect(readRequest([encode(codec, valueFrom(['service', 'login']))])).toMatchObject(refused(codec))
    }
    const map = encode('json', valueFrom({ service: 'users' }))
    expect(readRequest([map, map])).toMatchObject(refused('json'))
    expect(readRequest([new TextEncoder().encode('{"service":')])).toMatchObject(refused('json'))
    expect(readRequest([Uint8Array.of(0x81, 0xa1)])).toMatchObject(refused('messagepack'))
    expect(readRequest([])).toEqual({ kind: 'dropped' })
    expect(readRequest([new Uint8Array()])).toEqual({ kind: 'dropped' })
    expect(readRequest([Uint8Array.of(1, 2, 3)])).toEqual({ kind: 'dropped' })
  })

  it('DC10 have times in many forms', () => {
    const at = 1_795_225_158_250
    for (const time of [at / 1000, at, `${at / 1000}`, `${at}`, '2026-11-21T01:39:18.250Z', '2026-11-21 01:39:18.25']) {
      expect(timeOf(time)).toBe(at)
    }
    expect(timeOf('2026-11-20T22:39:18.250000-03:00')).toBe(at)
    expect(timeOf('2026-11-20T22:39:18,25-0300')).toBe(at)
    expect(timeOf('2026-11-21T01:39')).toBe(Date.parse('2026-11-21T01:39:00Z'))
    for (const time of [undefined, null, '', 'now', -1, Number.NaN, 1e300, '2026-13-01T00:00:00', '1e9', true]) {
      expect(timeOf(valueFrom(time ?? null))).toBeNull()
    }
  })

  it('DC10 have a clock that can be believed, or none', () => {
    const clockOf = (clock: unknown) => readStamp(new Map([['clock', valueFrom(clock)]])).clock
    expect(clockOf(0)).toBe(0)
    expect(clockOf(clockMax)).toBe(clockMax)
    for (const clock of [clockMax + 1, -1, 0.5, '3', null, true, Number.NaN]) expect(clockOf(clock)).toBeNull()
    expect(ask('users', {})).toMatchObject({ kind: 'course', stamp: { atMs: null, clock: null } })
  })
})

describe('requests of the account chat', () => {
  const account = { user: 'ana', senha: 'segredo' }

  it('DC9 are told by their words and fields', () => {
    for (const [service, data] of [
      ['addUser', account],
      ['login', account],
      ['listUsers', {}],
      ['subscribe', {}],
      ['publish', { token: 't', channel: 'geral', message: 'oi' }],
      ['publish', { user: 'bot-1', channel: 'geral', message: 'oi', lamport_clock: 3 }],
      ['fazCoisa', {}],
    ] as const) {
      const request = ask(service, data)
      expect(request.kind === 'dropped' ? null : request.form.dialect).toBe('account')
    }
    for (const [service, data] of [
      ['login', { user: 'ana' }],
      ['publish', { user: 'bot-1', channel: 'geral', message: 'oi' }],
      ['register_user', { user: 'ana' }],
      ['constructor', {}],
    ] as const) {
      const request = ask(service, data)
      expect(request.kind === 'dropped' ? null : request.form.dialect).toBe('course')
    }
  })

  it('DC9 become values', () => {
    const password = { user: 'ana', password: 'segredo' }
    expect(asked('addUser', account)).toEqual({ kind: 'addUser', ...password })
    expect(asked('login', account)).toEqual({ kind: 'login', ...password })
    for (const kind of ['listChannels', 'listUsers', 'getTime']) expect(asked(kind, {})).toEqual({ kind })
    const by = { kind: 'token', token: 't' }
    expect(asked('message', { token: 't', dst: 'bia', message: 'oi' })).toEqual({
      kind: 'message',
      by,
      user: 'bia',
      message: 'oi',
    })
    expect(asked('subscribe', { token: 't', user: 'ana', channel: 'geral' })).toEqual({
      kind: 'subscribe',
      by,
      channel: 'geral',
    })
  })

  it('DC10 have their clock under its own name', () => {
    const request = ask('getTime', { timestamp: 2, clock: 9, lamport_clock: 3 })
    expect(request).toMatchObject({ stamp: { atMs: 2_000, clock: 3 } })
  })

  it('DC13 name channels in lower case, and say who speaks', () => {
    expect(asked('addChannel', { token: 't', user: 'bot-1', titulo: ' GERAL ', desc: ' tudo ' })).toEqual({
      kind: 'addChannel',
      by: { kind: 'token', token: 't' },
      channel: 'geral',
      description: 'tudo',
    })
    expect(asked('publish', { user: 'bot-1', channel: 'Geral', message: 'oi', lamport_clock: 1 })).toEqual({
      kind: 'publish',
      by: { kind: 'bot', user: 'bot-1' },
      channel: 'geral',
      message: 'oi',
    })
    for (const token of [undefined, null, '', 7, {}]) {
      expect(why('publish', { user: 'ana', token, channel: 'geral', message: 'oi', lamport_clock: 1 })).toEqual({
        kind: 'token',
      })
    }
    expect(why('login', { user: 'ana', senha: 1 })).toEqual({ kind: 'field', field: 'senha' })
    expect(why('voaLonge', {})).toEqual({ kind: 'service', service: 'voaLonge' })
  })
})

it('DC14 nothing is thrown, and what has a codec gets an answer', () => {
  const words = fc.constantFrom(
    'login',
    'publish',
    'message',
    'addUser',
    'addChannel',
    'subscribe',
    'rank',
    '__proto__',
    'x',
  )
  fc.assert(
    fc.property(words, anyMap, fc.constantFrom(...codecs), (service, data, codec) => {
      const map = new Map<string, Value>([...data, ['service', service], ['data', data]])
      const request = readRequest([encode(codec, map)])
      expect(request.kind).not.toBe('dropped')
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 3 }), (frames) => void readRequest(frames)),
  )
})
