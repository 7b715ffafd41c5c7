import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '#kit/bytes'
import { decodeRingMessage, decodeRingShout, encodeRingMessage, encodeRingShout, ringKinds } from './codec.ts'
import { isPeerId, isUuid, lifeId, peerId } from './ids.ts'
import { ringLimits } from './limits.ts'
import type { Member, RingMessage, RingRecord, RingShout, TextContent } from './messages.ts'

const [a, b, c] = [peerId('10.0.0.1:9001'), peerId('10.0.0.2:9001'), peerId('10.0.0.3:65535')]
const [life, other] = [lifeId('0123456789abcdef'), lifeId('fedcba9876543210')]
const uuid = '9b1c6769-0928-442d-9a43-88e98346b3d9'
const ring = { term: 3, leader: a, life, version: 7 } as const
const own: Member = { id: a, kind: 'own', life, name: 'Ana' }
const reference: Member = { id: b, kind: 'reference', life: null, name: 'José 🐝' }
const view = { ...ring, members: [own, reference] }
const record: RingRecord = {
  origin: life,
  sequence: 1,
  stamp: 5,
  peer: a,
  uuid,
  source: 'own',
  author: 'Ana',
  text: 'a|b\n🐝',
  atMs: 1_700_000_000_000,
}

const texts: readonly TextContent[] = [
  { kind: 'chat', text: 'olá' },
  { kind: 'heartbeat', leader: a },
  { kind: 'token', initiator: a },
  { kind: 'elected', leader: a },
  { kind: 'list-build', initiator: a, ids: [] },
  { kind: 'list-build', initiator: a, ids: [a, b] },
  { kind: 'list-update', ids: [a, b, c] },
  { kind: 'exit', leaving: a, predecessor: b, successor: c },
  { kind: 'reconnect', target: a, next: b },
  { kind: 'leader-exit', leader: a, predecessor: b, successor: c },
]

const messages: readonly RingMessage[] = [
  { kind: 'ping', number: 1, ring },
  { kind: 'ping', number: 0, ring: null },
  { kind: 'pong', number: 2, ring },
  { kind: 'probe', target: b, life, number: 3 },
  { kind: 'probe', target: b, life: null, number: 3 },
  { kind: 'probed', target: b, number: 3, isAlive: true },
  { kind: 'join', name: 'Ana', latest: null },
  { kind: 'join', name: '', latest: ring },
  { kind: 'leave' },
  { kind: 'lost', peer: b, life },
  { kind: 'lost', peer: b, life: null },
  { kind: 'ring', view },
  { kind: 'beat', ring, number: 9, uuid },
  { kind: 'token', term: 4, path: [own, reference], isAsked: false },
  { kind: 'merge', view },
  { kind: 'invite', ring },
  { kind: 'records', records: [], isRound: true, hasMore: false },
  {
    kind: 'records',
    records: [record, { ...record, sequence: 2, source: 'reference' }],
    isRound: false,
    hasMore: true,
  },
  { kind: 'have', marks: [{ origin: life, from: 1, upTo: 4 }], isFromFirst: true, isToLast: true, isAnswer: true },
  { kind: 'have', marks: [], isFromFirst: true, isToLast: true, isAnswer: false },
  ...texts.map((content): RingMessage => ({ kind: 'text', word: { uuid, user: 'Bia', content } })),
]

const shouts: readonly RingShout[] = [
  { kind: 'seek', id: a, life },
  { kind: 'beacon', ring, size: 3 },
]

describe('the own form of the ring', () => {
  it('comes through unchanged, with the life of who says it', () => {
    for (const message of messages)
      expect(decodeRingMessage(encodeRingMessage(life, message))).toEqual({ life, message })
    for (const shout of shouts) expect(decodeRingShout(encodeRingShout(shout))).toEqual(shout)
    expect(new Set(messages.map(({ kind }) => kind))).toEqual(new Set(ringKinds))
  })

  it('is refused when anything is missing or left over', () => {
    for (const message of messages) {
      const bytes = encodeRingMessage(life, message)
      for (let length = 0; length < bytes.length; length += 1)
        expect(decodeRingMessage(bytes.subarray(0, length)), message.kind).toBeNull()
      expect(decodeRingMessage(Uint8Array.of(...bytes, 0))).toBeNull()
    }
    for (const shout of shouts) {
      const bytes = encodeRingShout(shout)
      for (let length = 0; length < bytes.length; length += 1)
        expect(decodeRingShout(bytes.subarray(0, length))).toBeNull()
      expect(decodeRingShout(Uint8Array.of(...bytes, 0))).toBeNull()
    }
  })

  it('never throws, and what it lets in it lets in again unchanged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...messages), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), check),
      { numRuns: 3_000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        decodeRingMessage(bytes)
        decodeRingShout(bytes)
      }),
    )
  })

  it.each<[string, RingMessage]>([
    ['a view in which somebody stands twice', { kind: 'ring', view: { ...view, members: [own, reference, own] } }],
    ['a view whose leader is not its first', { kind: 'ring', view: { ...view, members: [reference, own] } }],
    ['a view of nobody', { kind: 'merge', view: { ...view, members: [] } }],
    ['too many members', { kind: 'ring', view: { ...view, members: many() } }],
    ['a token of nobody', { kind: 'token', term: 1, path: [], isAsked: false }],
    ['a token that met somebody twice', { kind: 'token', term: 1, path: [own, own], isAsked: false }],
    ['a term that cannot be counted up', { kind: 'invite', ring: { ...ring, term: ringLimits.termMax + 1 } }],
    ['a name that is too long', { kind: 'join', name: 'a'.repeat(ringLimits.nameCharsMax + 1), latest: null }],
    ['a text that is too long', withRecord({ text: 'a'.repeat(ringLimits.textCharsMax + 1) })],
    ['an author that is too long', withRecord({ author: 'a'.repeat(ringLimits.nameCharsMax + 1) })],
    ['a record before the first', withRecord({ sequence: 0 })],
    ['half a record', withRecord({ sequence: 1.5 })],
    ['a stamp that is no number', withRecord({ stamp: Number.NaN })],
    ['a time that is none', withRecord({ atMs: Number.POSITIVE_INFINITY })],
    ['a uuid that is none', withRecord({ uuid: 'toString' })],
    [
      'a range that ends before it begins',
      { kind: 'have', marks: [mark(5, 4)], isFromFirst: true, isToLast: true, isAnswer: true },
    ],
    [
      'ranges that touch',
      { kind: 'have', marks: [mark(1, 4), mark(5, 6)], isFromFirst: true, isToLast: true, isAnswer: true },
    ],
  ])('is refused with %s', (_, message) => {
    expect(decodeRingMessage(encodeRingMessage(life, message))).toBeNull()
  })

  it('takes ranges of several origins', () => {
    const marks = [mark(1, 4), { ...mark(1, 2), origin: other }, mark(6, 6)]
    const message: RingMessage = { kind: 'have', marks, isFromFirst: true, isToLast: true, isAnswer: true }
    expect(decodeRingMessage(encodeRingMessage(life, message))?.message).toEqual(message)
  })

  it('asks for no more memory than what came has, whatever it claims', () => {
    const claim = new ByteWriter()
      .byte(ringKinds.indexOf('records'))
      .text(life)
      .byte(0)
      .byte(0)
      .uint32(0xffff_ffff)
      .done()
    expect(decodeRingMessage(claim)).toBeNull()
    const shorter = new ByteWriter().byte(ringKinds.indexOf('records')).text(life).byte(0).byte(0).uint32(256).done()
    expect(decodeRingMessage(shorter)).toBeNull()
  })

  it('refuses a beacon of a ring of nobody, or of more than there may be', () => {
    for (const size of [0, ringLimits.membersMax + 1])
      expect(decodeRingShout(encodeRingShout({ kind: 'beacon', ring, size }))).toBeNull()
  })
})

describe('the names of peers and messages', () => {
  it.each([
    '10.0.0.1',
    '10.0.0.1:',
    '10.0.0.1:0',
    '10.0.0.1:65536',
    '10.0.0.256:1',
    '010.0.0.1:1',
    '10.0.0.1:09001',
    ' 10.0.0.1:1',
    'localhost:1',
    '10.0.0:1',
    '1.2.3.4.5:1',
    '',
    '10.0.0.1:1\n',
  ])('one peer has one name, and %j is none', (text) => {
    expect(isPeerId(text)).toBe(false)
  })

  it('a uuid may have letters of both cases, as strangers write them', () => {
    expect(isUuid(uuid.toUpperCase())).toBe(true)
    for (const text of ['', uuid.slice(1), `${uuid}0`, uuid.replaceAll('-', '')]) expect(isUuid(text)).toBe(false)
  })
})

function check(message: RingMessage, changes: readonly (readonly [number, number])[]): void {
  const bytes = encodeRingMessage(life, message)
  for (const [place, value] of changes) bytes[place % bytes.length] = value
  const words = decodeRingMessage(bytes)
  if (words !== null) expect(decodeRingMessage(encodeRingMessage(words.life, words.message))).toEqual(words)
}

function withRecord(change: Partial<RingRecord>): RingMessage {
  return { kind: 'records', records: [{ ...record, ...change }], isRound: true, hasMore: false }
}

function mark(from: number, upTo: number): { origin: typeof life; from: number; upTo: number } {
  return { origin: life, from, upTo }
}

function many(): Member[] {
  const port = (index: number) => peerId(`10.0.0.9:${index + 1}`)
  return [own, ...Array.from({ length: ringLimits.membersMax }, (_, index) => ({ ...own, id: port(index) }))]
}
