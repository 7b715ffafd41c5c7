import { describe, expect, it } from 'vitest'
import { decode, toJson } from './codec.ts'
import { accountAnswer, type Codec, type CourseAnswer, courseAnswer, type Refusal, refusalAnswer } from './index.ts'

const stamp = { atMs: 1_500, clock: 7 }
const form = (service: string, codec: Codec = 'json') => ({ codec, dialect: 'course', service }) as const
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const course = (service: string, answer: CourseAnswer) => JSON.parse(text(courseAnswer(form(service), answer, stamp)))
const account = (answer: Parameters<typeof accountAnswer>[1]) =>
  text(accountAnswer({ codec: 'json', dialect: 'account', service: 'x' }, answer, stamp))
const refused = (service: string, why: Refusal) => JSON.parse(text(refusalAnswer(form(service), why, stamp))).data
const accountRefused = (why: Refusal) =>
  text(refusalAnswer({ codec: 'json', dialect: 'account', service: 'x' }, why, stamp))

describe('answers to programs of the course', () => {
  it('DC15 have service, time and clock, in the codec of the request', () => {
    const json = '{"service":"login","data":{"status":"sucesso","timestamp":1.5,"clock":7}}'
    const answer: CourseAnswer = { kind: 'logged-in', users: ['ana'] }
    expect(text(courseAnswer(form('login'), answer, stamp))).toBe(json)
    const packed = courseAnswer(form('login', 'messagepack'), answer, stamp)
    expect(toJson(decode('messagepack', packed)?.value ?? null)).toBe(json)
  })

  it('DC16 say that it went well in two ways', () => {
    expect(course('channel', { kind: 'channel-made' }).data.status).toBe('sucesso')
    expect(course('publish', { kind: 'said' }).data).toEqual({ status: 'OK', timestamp: 1.5, clock: 7 })
  })

  it('DC17 have lists under the names that programs look under', () => {
    const channels = ['dev', 'general']
    expect(course('channels', { kind: 'channels', channels }).data).toMatchObject({ channels, users: channels })
    expect(course('channels', { kind: 'channels', channels }).data).not.toHaveProperty('status')
    expect(course('list_channels', { kind: 'channels', channels }).data).toMatchObject({ status: 'OK', channels })
    expect(course('users', { kind: 'users', users: ['ana'] }).data.users).toEqual(['ana'])
    const registered = course('register_user', { kind: 'logged-in', users: ['ana'] })
    expect(registered).toMatchObject({ service: 'register_user', data: { status: 'OK', users: ['ana'] } })
  })

  it('DC18 are those of a reference', () => {
    const servers = [{ name: 's1', rank: 1, lastBeatMs: 2_500 }]
    expect(course('rank', { kind: 'rank', rank: 3 }).data.rank).toBe(3)
    expect(course('list', { kind: 'list', servers }).data.list).toEqual({ s1: { rank: 1, last_beat: 2.5 } })
    const packed = courseAnswer(form('list', 'messagepack'), { kind: 'list', servers }, stamp)
    expect(toJson(decode('messagepack', packed)?.value ?? null)).toContain('"list":[{"name":"s1","rank":1}]')
    expect(course('heartbeat', { kind: 'beat' }).data).toEqual({ timestamp: 1.5, clock: 7 })
    expect(course('clock', { kind: 'time', atMs: 9_250 }).data.time).toBe(9.25)
    expect(course('election', { kind: 'elected' }).data.election).toBe('OK')
  })

  it('DC16 refuse in the words of the course', () => {
    const unknown = { kind: 'channel-unknown', name: 'x' } as const
    expect(refused('publish', unknown)).toEqual({
      status: 'erro',
      message: 'canal inexistente',
      timestamp: 1.5,
      clock: 7,
    })
    expect(refused('message', { kind: 'user-unknown', name: 'x' }).message).toBe('usuário inexistente')
    expect(refused('dance', { kind: 'service', service: 'dance' }).message).toBe('serviço desconhecido')
    expect(refused('login', { kind: 'user-protected', name: 'x' }).description).toBe('nome protegido por senha')
    expect(refused('register_user', { kind: 'user-protected', name: 'x' }).description).toBeDefined()
    expect(refused('channel', { kind: 'channel-taken', name: 'x' }).description).toBe('canal já existe')
    expect(refused('publish', unknown)).not.toHaveProperty('description')
    expect(text(refusalAnswer(form(''), { kind: 'form' }, stamp))).toContain(
      '{"service":"erro","data":{"status":"erro"',
    )
  })
})

describe('answers to programs of the account chat', () => {
  it('DC19 are bare, with a clock beside all but the lists', () => {
    expect(account({ kind: 'done' })).toBe('{"status":"OK","lamport_clock":7}')
    expect(account({ kind: 'logged-in', token: 't', user: 'ana' })).toBe(
      '{"status":"OK","token":"t","user":"ana","lamport_clock":7}',
    )
    expect(account({ kind: 'subscribed', user: 'ana', channel: 'geral' })).toBe(
      '{"status":"OK","message":"ana inscrito em \'geral\'","lamport_clock":7}',
    )
    expect(account({ kind: 'time', atMs: 0 })).toBe('{"server_time_utc":"1970-01-01T00:00:00.000Z","lamport_clock":7}')
    const channels = [
      { name: 'geral', description: 'tudo' },
      { name: 'dev', description: '' },
    ]
    expect(account({ kind: 'channels', channels })).toBe(
      '{"0":{"titulo":"geral","desc":"tudo"},"1":{"titulo":"dev","desc":""}}',
    )
    expect(account({ kind: 'users', users: ['ana'] })).toBe('{"0":{"user":"ana"}}')
    expect(account({ kind: 'users', users: [] })).toBe('{}')
  })

  it.each<[Refusal, string]>([
    [{ kind: 'user-taken', name: 'ana' }, "Usuario 'ana' ja existe."],
    [{ kind: 'credentials' }, 'Usuario ou senha invalidos.'],
    [{ kind: 'channel-taken', name: 'geral' }, "Canal 'geral' ja existe."],
    [{ kind: 'channel-unknown', name: 'nope' }, "Canal 'nope' nao existe."],
    [{ kind: 'not-subscribed', user: 'ana', channel: 'geral' }, "Usuario 'ana' nao inscrito em 'geral'."],
    [{ kind: 'user-unknown', name: 'zeca' }, "Usuario 'zeca' nao existe."],
    [{ kind: 'service', service: 'x' }, "Servico 'x' nao reconhecido."],
    [{ kind: 'token' }, 'Token invalido ou expirado. Faca login novamente.'],
  ])('DC19 refuse to the letter: %j', (why, message) => {
    expect(accountRefused(why)).toBe(`{"status":"ERRO","message":${JSON.stringify(message)},"lamport_clock":7}`)
  })

  it('has words for every refusal in both dialects', () => {
    for (const kind of ['empty', 'too-long', 'too-many', 'nobody', 'unknown', 'form'] as const) {
      expect(refused('publish', { kind }).message).not.toBe('')
      expect(accountRefused({ kind })).toContain('"status":"ERRO"')
    }
  })
})
