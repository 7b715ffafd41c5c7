import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode } from '../codec.ts'
import { type Codec, type ConformanceRule, conformanceRules, courseRequest, judge } from '../index.ts'
import { anyMap, valueFrom } from '../testing/values.ts'

const stamp = { timestamp: 1_795_225_158.25, clock: 4 }
const bytes = (map: unknown, codec: Codec = 'json') => encode(codec, valueFrom(map))
const asked = (
  service: unknown,
  data?: unknown,
  at: 'broker' | 'reference' = 'broker',
  clockBefore: number | null = 3,
) => judge({ at, frames: [bytes({ service, data })], answer: null, clockBefore })
const answered = (service: string, answer: unknown) => {
  const request = bytes({ service, data: {} })
  return judge({ at: 'server', frames: [bytes(answer)], request, clockBefore: 3 })
}
const published = (topic: string, map: unknown) =>
  judge({ at: 'publication', frames: [new TextEncoder().encode(topic), bytes(map)], clockBefore: 3 })
const users = bytes({ service: 'users', data: stamp })
const broken = (judged: ReturnType<typeof judge>): readonly ConformanceRule[] =>
  judged.findings.filter(({ isKept }) => !isKept).map(({ rule }) => rule)
const detailOf = (judged: ReturnType<typeof judge>, rule: ConformanceRule) =>
  judged.findings.find((finding) => finding.rule === rule)?.detail

describe('requests of foreign programs', () => {
  it('keep all the rules when they are what our own bots send', () => {
    const ask = { kind: 'publish', user: 'ana', channel: 'geral', message: 'olá' } as const
    for (const codec of ['json', 'messagepack'] as const) {
      const frames = [courseRequest(codec, ask, { atMs: 1_795_225_158_250, clock: 4 })]
      const judged = judge({ at: 'broker', frames, answer: bytes({ ok: 1 }), clockBefore: 3 })
      expect(broken(judged)).toEqual([])
      expect(judged).toMatchObject({ dialect: 'course', codec, service: 'publish', clock: 4, answer: '{"ok":1}' })
      expect(judged.findings.length).toBeGreaterThanOrEqual(11)
    }
    expect(broken(asked('login', { user: 'ana', senha: 'x', timestamp: 1, lamport_clock: 4 }))).toEqual([])
    expect(broken(asked('rank', { user: 's1', ...stamp }, 'reference'))).toEqual([])
  })

  it.each<[ConformanceRule, ReturnType<typeof judge>]>([
    ['frames', judge({ at: 'broker', frames: [users, users], answer: null, clockBefore: null })],
    ['codec', judge({ at: 'broker', frames: [new TextEncoder().encode('{')], answer: null, clockBefore: null })],
    ['envelope-is-a-map', judge({ at: 'broker', frames: [bytes([1])], answer: null, clockBefore: null })],
    ['service-is-text', asked(7, stamp)],
    ['data-is-a-map', asked('users', [])],
    ['service-is-known', asked('dance', stamp)],
    ['service-is-known', asked('fazCoisa', { timestamp: 1, lamport_clock: 4 })],
    ['service-by-its-name', asked('register_user', { user: 'ana', ...stamp })],
    ['service-at-its-place', asked('heartbeat', { user: 'ana', ...stamp })],
    ['service-at-its-place', asked('publish', { user: 'a', channel: 'b', message: 'c', ...stamp }, 'reference')],
    ['fields', asked('publish', { user: 'ana', message: 7, ...stamp })],
    ['timestamp', asked('users', { clock: 4 })],
    ['clock', asked('users', { timestamp: 1, clock: 'x' })],
    ['clock-rises', asked('users', stamp, 'broker', 4)],
    ['speaker', asked('publish', { user: 'ana', channel: 'b', message: 'c', timestamp: 1, lamport_clock: 4 })],
    ['name-is-free', asked('login', { user: 'servers', ...stamp })],
  ])('break %s, and no other rule', (rule, judged) => expect(broken(judged)).toEqual([rule]))

  it('are told which fields, and not what stands in them', () => {
    expect(detailOf(asked('publish', { user: 'ana', message: 7, ...stamp }), 'fields')).toBe('channel, message')
    expect(detailOf(asked('users', stamp, 'broker', 9), 'clock-rises')).toBe('9 → 4')
    expect(detailOf(asked('Login', { user: 'ana', ...stamp }), 'service-is-known')).toBe('Login → login')
  })
})

describe('answers of foreign servers', () => {
  it('keep the rules', () => {
    for (const [service, data] of [
      ['login', { status: 'sucesso' }],
      ['login', { status: 'erro', description: 'x' }],
      ['publish', { status: 'OK' }],
      ['publish', { status: 'erro', message: 'x' }],
      ['channels', { users: ['geral'] }],
      ['clock', { time: 5 }],
      ['election', { election: 'OK' }],
    ] as const) {
      expect(broken(answered(service, { service, data: { ...data, ...stamp } }))).toEqual([])
    }
  })

  it.each<[ConformanceRule, ReturnType<typeof judge>]>([
    ['answer-service', answered('users', { service: 'user', data: { users: [], ...stamp } })],
    ['data-is-a-map', answered('users', { service: 'users', status: 'OK' })],
    ['answer-status', answered('publish', { service: 'publish', data: { status: 'sucesso', ...stamp } })],
    ['answer-status', answered('login', { service: 'login', data: { status: 'erro', ...stamp } })],
    ['answer-fields', answered('channels', { service: 'channels', data: { canais: [], ...stamp } })],
    ['clock', answered('login', { service: 'login', data: { status: 'sucesso', timestamp: 1 } })],
  ])('break %s, and no other rule', (rule, judged) => expect(broken(judged)).toEqual([rule]))
})

describe('publications of foreign servers', () => {
  const map = { user: 'ana', message: 'oi', ...stamp }

  it('keep the rules', () => {
    expect(broken(published('geral', { channel: 'geral', ...map }))).toEqual([])
    expect(broken(published('replica', { dst: 'bia', ...map }))).toEqual([])
    expect(broken(published('geral', { user: 'ana', message: 'oi', timestamp: 1, lamport_clock: 4 }))).toEqual([])
    expect(broken(published('servers', { service: 'election', data: { coordinator: 's1', ...stamp } }))).toEqual([])
  })

  it.each<[ConformanceRule, ReturnType<typeof judge>]>([
    ['frames', judge({ at: 'publication', frames: [bytes({ channel: 'x', ...map })], clockBefore: null })],
    ['topic', published('gera', { channel: 'geral', ...map })],
    ['topic', published('replica', map)],
    ['publication-fields', published('geral', { channel: 'geral', user: 'ana', ...stamp })],
    ['publication-fields', published('servers', { service: 'election', data: stamp })],
    ['service-is-known', published('servers', { service: 'eleicao', data: { coordinator: 's1', ...stamp } })],
    ['name-is-free', published('replica', { channel: 'servers', ...map })],
  ])('break %s', (rule, judged) => expect(broken(judged)).toContain(rule))
})

describe('what is secret', () => {
  const secret = 'GUARDADO99'
  const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiYW5hIn0.${secret}`

  it.each([
    { service: 'login', data: { user: 'ana', senha: secret } },
    { service: 'login', data: { user: 'ana', Senha: { a: [secret] } } },
    { service: 'publish', data: { token: secret, message: 'oi' } },
    { service: 'login', data: JSON.stringify({ user: 'ana', senha: secret }) },
    { service: jwt, data: { channel: jwt } },
    { service: 'login', data: `user=ana&senha=${secret}` },
    { service: 'publish', data: { channel: new TextEncoder().encode(`{'password': '${secret}'}`) } },
    [{ deep: [{ access_token: secret }] }],
  ])('is nowhere in what is shown: %#', (map) => {
    for (const codec of ['json', 'messagepack'] as const) {
      const payload = bytes(map, codec)
      const judged = [
        judge({ at: 'broker', frames: [payload], answer: payload, clockBefore: null }),
        judge({ at: 'server', frames: [payload], request: payload, clockBefore: null }),
        judge({ at: 'publication', frames: [payload, payload], clockBefore: null }),
      ]
      expect(JSON.stringify(judged)).not.toContain(secret)
    }
  })

  it('is not shown either where the message cannot be read', () => {
    const payload = new TextEncoder().encode(`{"senha":"${secret}"`)
    expect(JSON.stringify(judge({ at: 'broker', frames: [payload], answer: null, clockBefore: null }))).not.toContain(
      secret,
    )
  })

  it('does not hide what people say of it', () => {
    expect(asked('publish', { message: 'esqueci a senha' }).payload).toContain('esqueci a senha')
  })
})

describe('what is said to somebody alone', () => {
  const text = 'PRIVADO 99'
  const size = '••• (10)'
  const told = { dst: 'bia', message: text }

  it.each([
    { service: 'message', data: { src: 'ana', ...told, ...stamp } },
    { service: 'message', data: { token: 'x', ...told, timestamp: 1, lamport_clock: 4 } },
    { service: ' Message', data: { src: 'ana', para: 'bia', mensagem: text } },
    { service: 'mensagem', data: told },
    { service: 'message', ...told },
    { service: 'message', data: text },
    { service: 'message', data: [text] },
    { service: 'message', data: { message: { text } } },
    { type: 'message', user: 'ana', message: text },
    { user: 'ana', src: 'ana', from: 'ana', ...told, ...stamp },
    { from: 'ana', message: text, timestamp: 1, lamport_clock: 4 },
    [{ service: 'message', data: told }],
  ])('is not shown: %#', (map) => {
    for (const codec of ['json', 'messagepack'] as const) {
      const payload = bytes(map, codec)
      const judged = [
        judge({ at: 'broker', frames: [payload], answer: null, clockBefore: null }),
        judge({ at: 'publication', frames: [bytes('bia'), payload], clockBefore: null }),
        judge({ at: 'publication', frames: [payload], clockBefore: null }),
      ]
      expect(JSON.stringify(judged)).not.toContain(text)
      for (const { payload } of judged) expect(payload).toMatch(/••• \(\d+\)/)
    }
  })

  it('is shown by its size, with who said it, to whom and when', () => {
    const { payload } = asked('message', { src: 'ana', ...told, ...stamp })
    expect(JSON.parse(payload)).toEqual({
      service: 'message',
      data: { src: 'ana', dst: 'bia', message: size, ...stamp },
    })
  })

  it('is neither what is said in a channel, nor why it was refused', () => {
    const publish = { user: 'ana', channel: 'geral', message: text, ...stamp }
    expect(asked('publish', publish).payload).toContain(text)
    expect(published('geral', { type: 'publish', from: 'ana', ...publish }).payload).toContain(text)
    const refusal = bytes({ service: 'message', data: { status: 'erro', message: 'usuário inexistente' } })
    const request = bytes({ service: 'message', data: told })
    const refused = judge({ at: 'broker', frames: [request], answer: refusal, clockBefore: null })
    expect(refused.answer).toContain('usuário inexistente')
    expect(judge({ at: 'server', frames: [refusal], request, clockBefore: null }).payload).toContain('inexistente')
  })
})

it('nothing is thrown, whatever comes', () => {
  expect(new Set(conformanceRules).size).toBe(conformanceRules.length)
  const places = fc.constantFrom('broker', 'reference', 'server', 'publication')
  fc.assert(
    fc.property(places, anyMap, fc.uint8Array({ maxLength: 20 }), (at, map, other) => {
      for (const frames of [[other], [encode('messagepack', map)], [other, encode('json', map)], []]) {
        const judged =
          at === 'server'
            ? judge({ at, frames, request: other, clockBefore: null })
            : at === 'publication'
              ? judge({ at, frames, clockBefore: 1 })
              : judge({ at, frames, answer: other, clockBefore: 1 })
        expect(judged.payload.length).toBeLessThanOrEqual(2_000)
      }
    }),
  )
})
