import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode, toJson } from './codec.ts'
import {
  accountPublication,
  type Codec,
  coursePublication,
  courseRequest,
  electedPublication,
  readPublication,
  readReply,
  readRequest,
  referenceFiles,
  registryFile,
  replicaPublication,
  type Said,
  saidFiles,
} from './index.ts'
import { anyMap, valueFrom } from './testing/values.ts'

const said: Said = { kind: 'publish', from: 'ana', to: 'geral', text: 'olá', atMs: 1_500, clock: 7, origin: 's1' }
const direct: Said = { ...said, kind: 'message', to: 'bia' }
const json = (payload: Uint8Array): string => new TextDecoder().decode(payload)
const line =
  '{"type":"publish","channel":"geral","user":"ana","src":"ana","from":"ana","message":"olá","timestamp":1.5,"clock":7,"origin":"s1"}'
const directLine = line.replace('"publish","channel":"geral"', '"message","dst":"bia"')
const codecs: readonly Codec[] = ['json', 'messagepack']
const read = (topic: string, map: unknown, codec: Codec = 'json') =>
  readPublication(topic, encode(codec, valueFrom(map)))

describe('publications', () => {
  it('DC20 carry everything that programs look for, on the topic of the receiver', () => {
    expect(coursePublication('json', said).topic).toBe('geral')
    expect(json(coursePublication('json', said).payload)).toBe(line)
    const packed = coursePublication('messagepack', direct)
    expect(packed.topic).toBe('bia')
    expect(toJson(decode('messagepack', packed.payload)?.value ?? null)).toBe(directLine)
  })

  it('DC21 have a form of the account chat', () => {
    const rest = '"message":"olá","timestamp":"1970-01-01T00:00:01.500Z","lamport_clock":7}'
    expect(json(accountPublication(said).payload)).toBe(`{"user":"ana",${rest}`)
    expect(json(accountPublication(direct).payload)).toBe(`{"from":"ana",${rest}`)
    expect(accountPublication(direct).topic).toBe('bia')
  })

  it.each(codecs)('DC22 DC24 are read as they were written in %s', (codec) => {
    const common = { atMs: 1_500, clock: 7, origin: 's1' }
    for (const operation of [
      { kind: 'publish', from: 'ana', to: 'geral', text: 'olá', ...common },
      { kind: 'message', from: 'ana', to: 'bia', text: '', ...common },
      { kind: 'channel', channel: 'geral', ...common },
      { kind: 'login', user: 'ana', ...common },
    ] as const) {
      const { topic, payload } = replicaPublication(codec, operation, { log: 's1.0a1b2c3d', sequence: 3 })
      expect(topic).toBe('replica')
      expect(readPublication(topic, payload)).toMatchObject({ operation, sequence: 3 })
    }
  })

  it('DC23 say who coordinates', () => {
    const { topic, payload } = electedPublication('json', 's1', { atMs: 1_500, clock: 7 })
    expect(topic).toBe('servers')
    expect(json(payload)).toBe('{"service":"election","data":{"coordinator":"s1","timestamp":1.5,"clock":7}}')
    expect(readPublication(topic, payload)).toEqual({ kind: 'elected', coordinator: 's1', clock: 7 })
    expect(read('servers', { service: 'election', data: {} })).toEqual({ kind: 'unreadable' })
  })

  it('DC24 of others are read, whatever they leave out', () => {
    const operation = { kind: 'publish', from: 'ana', to: 'geral', text: 'oi', atMs: 0, clock: 0, origin: '' }
    expect(read('geral', { user: 'ana', message: 'oi' })).toMatchObject({ operation, sequence: null })
    expect(read('geral', { from: 'ana', message: 'oi', channel: 'geral' })).toMatchObject({ operation })
    expect(read('replica', { src: 'ana', dst: 'bia', message: 'oi' })).toMatchObject({
      operation: { kind: 'message', to: 'bia' },
    })
    expect(read('geral', { user: 'ana', message: 'oi', lamport_clock: 9 })).toMatchObject({ operation: { clock: 9 } })
    const canonical = '{"message":"oi","user":"ana"}'
    for (const codec of codecs)
      expect(read('geral', { user: 'ana', message: 'oi' }, codec)).toMatchObject({ canonical })
    for (const map of [{}, [], { message: 'oi' }, { user: 'ana' }, { user: 'ana', message: 1 }, null]) {
      expect(read('geral', map)).toEqual({ kind: 'unreadable' })
    }
    expect(read('replica', { user: 'ana', message: 'oi' })).toEqual({ kind: 'unreadable' })
  })

  it('DC14 of others never make it throw', () => {
    fc.assert(
      fc.property(fc.constantFrom('servers', 'replica', 'x', ''), anyMap, (topic, map) => void read(topic, map)),
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void readPublication('x', bytes)))
  })
})

describe('files', () => {
  it('DC25 are the same bytes for the same things', () => {
    const registry = registryFile({ channels: ['geral', 'dev', 'dev'], users: ['z', 'ç', 'a'] })
    expect([...saidFiles([said, direct, said]), registry]).toEqual([
      { name: 'publications.jsonl', text: `${line}\n${line}\n` },
      { name: 'messages.jsonl', text: `${directLine}\n` },
      { name: 'registry.json', text: '{"channels":["dev","geral"],"users":["a","z","ç"]}\n' },
    ])
    const servers = [
      { name: '2', rank: 2, lastBeatMs: 2_000 },
      { name: 's1', rank: 1, lastBeatMs: 1_500 },
    ]
    const text = '{"s1":{"rank":1,"last_beat":1.5},"2":{"rank":2,"last_beat":2}}\n'
    expect(referenceFiles(servers)).toEqual([{ name: 'ref_servers.json', text }])
  })
})

describe('our own programs', () => {
  it.each(codecs)('DC26 ask as programs of the course do, in %s', (codec) => {
    const stamp = { atMs: 1_500, clock: 7 }
    const ask = { kind: 'publish', user: 'ana', channel: 'geral', message: 'olá' } as const
    expect(readRequest([courseRequest(codec, ask, stamp)])).toMatchObject({ kind: 'course', ask, stamp })
  })

  it('DC26 read answers in all their shapes', () => {
    const reply = (data: unknown, codec: Codec = 'json') => readReply(encode(codec, valueFrom({ service: 's', data })))
    expect(reply({ users: ['general'] })).toMatchObject({ channels: ['general'], users: ['general'] })
    expect(reply({ lista: ['general', 7] })).toMatchObject({ channels: ['general'] })
    expect(reply({ status: 'erro', message: 'canal inexistente' })).toMatchObject({
      isRefused: true,
      why: 'canal inexistente',
    })
    expect(reply({ status: 'OK', message: 'x' })).toMatchObject({ isRefused: false, why: null })
    const servers = [{ name: 's1', rank: 1 }]
    expect(reply({ list: servers }, 'messagepack')).toMatchObject({ servers })
    expect(reply({ list: { s1: { rank: 1, last_beat: 2 }, s2: 7 } })).toMatchObject({ servers })
    expect(reply({ time: 1_795_225_158.25, clock: 4 })).toMatchObject({ timeMs: 1_795_225_158_250, clock: 4 })
    expect(reply([])).toBeNull()
    expect(readReply(new Uint8Array())).toBeNull()
  })

  it('DC14 are not thrown off by any answer', () => {
    fc.assert(fc.property(anyMap, (data) => void readReply(encode('messagepack', new Map([['data', data]])))))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void readReply(bytes)))
  })
})
