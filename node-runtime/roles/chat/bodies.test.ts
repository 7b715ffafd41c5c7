import { describe, expect, it } from 'vitest'
import type { Message } from '#cores/chat/messages'
import { encodeText } from '#kit/bytes'
import { nodeId } from '#kit/ids'
import { type AnswerBody, decodeAnswerBody, encodeAnswerBody } from './answer-bodies.ts'
import { type AskBody, decodeAskBody, encodeAskBody } from './ask-bodies.ts'
import { decodeAnswer, decodeAsk, encodeAnswer, encodeAsk, isHandedBack } from './ask-codec.ts'

const id = '0123456789abcdef0123456789abcdef'
const token = 'header.claims.signature'
const order = { words: 'pão', from: 'ana', in: null, beforeMs: 5, cursor: null, limit: 20 }

const asks: readonly AskBody[] = [
  { kind: 'foreign', frames: [encodeText('{}'), new Uint8Array(0)] },
  { kind: 'act', token, deed: { id, actor: null, what: { kind: 'join', channel: 'geral' } } },
  { kind: 'query', token: null, consistency: 'stale', query: { kind: 'status' } },
  { kind: 'query', token, consistency: 'linearizable', query: { kind: 'users', after: 'ana', limit: 3 } },
  { kind: 'search', token, order },
  { kind: 'sign-up', user: 'ana', password: 'dezoito letras' },
  { kind: 'sign-in', user: 'ana', password: '' },
  { kind: 'set-password', token, password: 'one', newPassword: 'two' },
  { kind: 'typing', token, conversation: 'c:geral' },
  { kind: 'here', token },
  { kind: 'renew', token },
]

const message: Message = {
  ...{
    id,
    conversation: 'c:geral',
    number: 7,
    ordinal: 6,
    author: 'ana',
    text: 'olá',
    replyTo: null,
    mentions: ['bia'],
  },
  ...{
    through: 'native',
    atMs: 1_000,
    lamport: 3,
    position: 90,
    logIndex: 12,
    origin: null,
    editedAtMs: null,
    isDeleted: false,
  },
  reactions: [{ emoji: '👍', users: ['bia'] }],
}

const answers: readonly AnswerBody[] = [
  { kind: 'handed-back', leader: nodeId('chat-2') },
  { kind: 'handed-back', leader: null },
  { kind: 'failed', failure: { code: 'busy', message: 'later' } },
  { kind: 'foreign', payload: encodeText('{}') },
  { kind: 'foreign', payload: null },
  { kind: 'outcome', outcome: { kind: 'refused', why: 'locked' } },
  { kind: 'found', answer: Uint8Array.of(1, 2) },
  { kind: 'page', page: { messages: [message, message], next: '6' } },
  { kind: 'token', token: { user: 'ana', token } },
  { kind: 'done' },
]

describe('a request on its way', () => {
  it.each(asks)('$kind is read as it was written, and not when it is cut', (ask) => {
    const bytes = encodeAsk({ ref: 5, id, from: 'desk/1', body: encodeAskBody(ask) })
    const read = decodeAsk(bytes)
    expect(read).toMatchObject({ ref: 5, id, from: 'desk/1' })
    expect(decodeAskBody(read!.body)).toEqual(ask)
    for (let length = 0; length < read!.body.length; length += 1) {
      expect(decodeAskBody(read!.body.subarray(0, length))).not.toEqual(ask)
    }
  })

  it('is none without a whole id, or with a sender that goes on and on', () => {
    const body = encodeAskBody({ kind: 'here', token })
    expect(decodeAsk(encodeAsk({ ref: 1, id: 'ab', from: '', body }))).toBeNull()
    expect(decodeAsk(encodeAsk({ ref: 1, id, from: 'x'.repeat(201), body }))).toBeNull()
    expect(decodeAsk(new Uint8Array(3))).toBeNull()
  })
})

describe('an answer on its way', () => {
  it.each(answers)('$kind is read as it was written', (answer) => {
    const read = decodeAnswer(encodeAnswer({ ref: 9, body: encodeAnswerBody(answer) }))
    expect(read?.ref).toBe(9)
    expect(decodeAnswerBody(read!.body)).toEqual(answer)
    expect(isHandedBack(read!)).toBe(answer.kind === 'handed-back')
  })

  it('is none of an unknown kind, or with a failure that nobody knows', () => {
    expect(decodeAnswerBody(Uint8Array.of(99))).toBeNull()
    expect(decodeAnswerBody(new Uint8Array(0))).toBeNull()
    const failed = encodeAnswerBody({ kind: 'failed', failure: { code: 'busy', message: '' } })
    failed[5] = 'x'.charCodeAt(0)
    expect(decodeAnswerBody(failed)).toBeNull()
  })
})
