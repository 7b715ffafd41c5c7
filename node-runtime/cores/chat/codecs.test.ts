import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { encodeChatAnswer } from './answer-codec.ts'
import { doors } from './codec-parts.ts'
import { expectedBytes } from './event-codec.ts'
import {
  bytesOfEvent,
  chatMachine,
  decodeChatAnswer,
  decodeChatCommand,
  decodeChatEvent,
  decodeChatQuery,
  decodeChatQueryAnswer,
  decodeDeed,
  decodeDeedOutcome,
  encodeChatCommand,
  encodeChatEvent,
  encodeChatQuery,
  encodeDeed,
  WrittenEvent,
  writeDeedOutcome,
} from './index.ts'
import {
  type ChatCommandAnswer,
  type ChatEvent,
  type ChatQuery,
  type Conversation,
  chatRefusals,
  type Deed,
  type DeedOutcome,
  type Happened,
  type LockView,
  type Message,
  type What,
} from './messages.ts'
import { by, OneChat, plainAnswer } from './testing/one-chat.ts'

const text = fc.string({ unit: 'binary', maxLength: 12 })
const number = fc.nat()
const deedId = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => toHex(bytes))
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const door = fc.constantFrom(...doors)

/** With all fields of a kind, in any order. */
type Drawn<All extends { kind: string }> = {
  readonly [Kind in All['kind']]: fc.Arbitrary<Extract<All, { kind: Kind }>>
}
const one = <Kind extends string, Fields extends object>(
  kind: Kind,
  fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> },
) => fc.record<Fields>(fields).map((drawn) => ({ kind, ...drawn }))

const destination = fc.oneof(
  one('conversation', { conversation: text }),
  one('channel', { name: text }),
  one('user', { name: text }),
)
const lockFields = { lock: text, holder: text, fence: number }
const whats = {
  'sign-up': one('sign-up', { user: text, password: optional(text), isBot: fc.boolean() }),
  'log-in': one('log-in', { user: text, through: door }),
  'set-password': one('set-password', { password: text }),
  'sign-out-everywhere': fc.constant({ kind: 'sign-out-everywhere' } as const),
  'create-channel': one('create-channel', {
    name: text,
    title: text,
    isPrivate: fc.boolean(),
    fence: optional(number),
  }),
  'create-group': one('create-group', { users: fc.array(text) }),
  'begin-direct': one('begin-direct', { user: text }),
  join: one('join', { channel: text }),
  leave: one('leave', { conversation: text }),
  invite: one('invite', { conversation: text, user: text }),
  say: one('say', { to: destination, text, replyTo: optional(deedId), through: door }),
  edit: one('edit', { message: deedId, text }),
  delete: one('delete', { message: deedId }),
  react: one('react', { message: deedId, emoji: text, isOn: fc.boolean() }),
  read: one('read', { upTo: fc.array(fc.record({ conversation: text, number })) }),
  'ask-lock': one('ask-lock', { lock: text, holder: text }),
  'keep-lock': one('keep-lock', lockFields),
  'give-lock': one('give-lock', lockFields),
  'expire-locks': fc.constant({ kind: 'expire-locks' } as const),
  'token-key': one('token-key', { key: fc.uint8Array() }),
} satisfies Drawn<What>
const drawnDeed: fc.Arbitrary<Deed> = fc.record({
  id: deedId,
  actor: optional(text),
  what: fc.oneof(...Object.values(whats)),
})

const drawnLock: fc.Arbitrary<LockView> = fc.record({
  lock: text,
  holder: optional(text),
  fence: number,
  untilMs: number,
  waiting: fc.array(text),
})
const drawnConversation: fc.Arbitrary<Conversation> = fc.record({
  id: text,
  kind: fc.constantFrom('channel', 'direct', 'group'),
  name: text,
  title: text,
  isPrivate: fc.boolean(),
  createdBy: optional(text),
  members: number,
  lastNumber: number,
  lastOrdinal: number,
  lastAtMs: number,
})
type Said = Omit<Message, 'id' | 'conversation' | 'number' | 'position' | 'atMs' | 'lamport' | 'logIndex'>
const drawnSaid: fc.Arbitrary<Said> = fc.record({
  ordinal: number,
  author: text,
  text,
  replyTo: optional(deedId),
  mentions: fc.array(text),
  through: door,
  origin: optional(text),
  editedAtMs: optional(number),
  isDeleted: fc.boolean(),
  reactions: fc.array(fc.record({ emoji: text, users: fc.array(text) })),
})
const changeFields = { message: deedId, number }
const changes = {
  edited: one('edited', { ...changeFields, text }),
  deleted: one('deleted', changeFields),
  reacted: one('reacted', { ...changeFields, emoji: text, user: text, isOn: fc.boolean() }),
  joined: one('joined', { conversation: text, user: text }),
  left: one('left', { conversation: text, user: text }),
  conversation: one('conversation', { conversation: drawnConversation }),
  user: one('user', { user: text, isBot: fc.boolean(), isProtected: fc.boolean() }),
  read: one('read', { upTo: fc.record({ conversation: text, number }) }),
  lock: one('lock', { lock: drawnLock }),
}
const frame = fc.record({
  position: number,
  feed: text,
  number,
  deed: deedId,
  atMs: number,
  lamport: number,
  logIndex: number,
})
const drawnChange: fc.Arbitrary<Happened> = fc.oneof(...Object.values(changes))
const drawnMessage: fc.Arbitrary<ChatEvent> = fc.tuple(frame, drawnSaid).map(([event, said]) => {
  const { position, number: at, atMs, lamport, logIndex } = event
  const message = { ...said, id: event.deed, conversation: event.feed, number: at, position, atMs, lamport, logIndex }
  return { ...event, what: { kind: 'message', message } }
})
const drawnEvent: fc.Arbitrary<ChatEvent> = fc.oneof(
  drawnMessage,
  fc.tuple(frame, drawnChange).map(([event, what]) => ({ ...event, what })),
)

const readers: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  command: decodeChatCommand,
  deed: decodeDeed,
  event: decodeChatEvent,
  answer: decodeChatAnswer,
  outcome: decodeDeedOutcome,
  query: decodeChatQuery,
  history: (bytes) => decodeChatQueryAnswer('history', bytes),
  users: (bytes) => decodeChatQueryAnswer('users', bytes),
  events: (bytes) => decodeChatQueryAnswer('events', bytes),
  locks: (bytes) => decodeChatQueryAnswer('locks', bytes),
  status: (bytes) => decodeChatQueryAnswer('status', bytes),
}

describe('codecs', () => {
  it('read commands as they were made', () => {
    const command = fc.record({ term: number, publishedUpTo: number, deeds: fc.array(drawnDeed) })
    fc.assert(
      fc.property(command, (drawn) => {
        expect(decodeChatCommand(encodeChatCommand({ by, ...drawn }))).toEqual({ by, ...drawn })
      }),
    )
    fc.assert(fc.property(drawnDeed, (deed) => void expect(decodeDeed(encodeDeed(deed))).toEqual(deed)))
  })

  it('read events and outcomes as they were made', () => {
    fc.assert(fc.property(drawnEvent, (event) => void expect(decodeChatEvent(encodeChatEvent(event))).toEqual(event)))
    const event = fc.option(drawnEvent, { nil: null })
    const fence = fc.option(number, { nil: null })
    const outcome: fc.Arbitrary<DeedOutcome> = fc.oneof(
      fc.record({ kind: fc.constantFrom('done', 'done-before'), event, fence }),
      fc.record({ kind: fc.constant('refused'), why: fc.constantFrom(...chatRefusals) }),
    )
    const written = (drawn: DeedOutcome) => writeDeedOutcome(new ByteWriter(), drawn).done()
    fc.assert(fc.property(outcome, (drawn) => void expect(decodeDeedOutcome(written(drawn))).toEqual(drawn)))
    const answer = fc.record({ outcomes: fc.array(outcome), events: fc.array(drawnEvent) })
    fc.assert(
      fc.property(answer, (drawn) => {
        const done: ChatCommandAnswer = { kind: 'done', ...drawn }
        expect(plainAnswer(decodeChatAnswer(encodeChatAnswer(done)))).toEqual(done)
      }),
    )
    expect(decodeChatAnswer(encodeChatAnswer({ kind: 'refused' }))).toEqual({ kind: 'refused' })
  })

  it('leave an event as it is until somebody asks what is in it', () => {
    fc.assert(
      fc.property(drawnEvent, (event) => {
        const written = new WrittenEvent(encodeChatEvent(event))
        expect(bytesOfEvent(written)).toBe(written.bytes)
        expect([written.position, written.feed]).toEqual([event.position, event.feed])
        expect(written.isMessage).toBe(event.what.kind === 'message')
        const { position, feed, number, deed, atMs, lamport, logIndex, what } = written
        expect({ position, feed, number, deed, atMs, lamport, logIndex, what }).toEqual(event)
      }),
    )
  })

  it('know how long a message in plain letters is', () => {
    fc.assert(
      fc.property(drawnMessage, (event) => {
        const plain: ChatEvent = JSON.parse(JSON.stringify(event).replace(/\\\\u....|[^ -~]/g, 'x'))
        expect(encodeChatEvent(plain).length).toBe(expectedBytes(plain))
      }),
    )
  })

  it.each<ChatQuery>([
    { kind: 'user', user: 'ana' },
    { kind: 'users', after: null, limit: 5 },
    { kind: 'channels', after: 'sala', limit: 5 },
    { kind: 'conversation', as: 'ana', conversation: 'c:sala' },
    { kind: 'conversations', as: 'ana', after: 'c:sala', limit: 5 },
    { kind: 'members', as: null, conversation: 'c:sala', after: 'rui', limit: 5 },
    { kind: 'history', as: 'ana', conversation: 'd:ana\nrui', from: 2 ** 40, order: 'up', limit: 5 },
    { kind: 'history', as: null, conversation: 'c:sala', from: 7, order: 'down', limit: 5 },
    { kind: 'events', as: 'ana', feed: 'u:ana', after: 0, limit: 5 },
    { kind: 'message', as: 'ana', message: '0123456789abcdef'.repeat(2) },
    { kind: 'log-ins', before: 7, limit: 5 },
    { kind: 'locks', after: null, limit: 5 },
    { kind: 'status' },
    { kind: 'token-keys' },
  ])('read a query as it was made: $kind', (query) => {
    expect(decodeChatQuery(encodeChatQuery(query))).toEqual(query)
    const bytes = encodeChatQuery(query)
    for (let length = 0; length < bytes.length; length += 1)
      expect(decodeChatQuery(bytes.subarray(0, length))).toBeNull()
  })

  it.each(Object.entries(readers))('take anything for a record, and most of it for none: %s', (_, read) => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes)))
    const huge = Uint8Array.of(1, ...Array<number>(60).fill(255))
    expect(read(huge)).toBeNull()
    expect(read(new Uint8Array(0))).toBeNull()
  })

  it('read nothing of what is cut short or goes on', () => {
    fc.assert(
      fc.property(fc.array(drawnDeed, { maxLength: 3 }), fc.nat(), (deeds, cut) => {
        const bytes = encodeChatCommand({ by, term: 1, publishedUpTo: 0, deeds })
        expect(decodeChatCommand(bytes.subarray(0, cut % bytes.length))).toBeNull()
        expect(decodeChatCommand(Uint8Array.of(...bytes, 0))).toBeNull()
      }),
    )
  })
})

describe('a machine', () => {
  it('CH4 takes any bytes, and changes nothing by those that are no command', () => {
    const chat = new OneChat()
    chat.signUp('ana')
    const before = chat.state.text()
    const machine = chatMachine()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(chat.applyBytes(bytes)).toEqual({ kind: 'refused' })
        machine.query(bytes, chat.state)
      }),
    )
    expect(chat.state.text()).toBe(before)
  })
})
