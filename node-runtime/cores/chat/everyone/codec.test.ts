import { describe, expect, it } from 'vitest'
import { Random } from '#kit/random'
import { decodeEveryone, decodeOperation, encodeEveryone, encodeOperation } from './codec.ts'
import type { Entry, EveryoneMessage, LogId, Operation } from './messages.ts'
import { foreign } from './testing/room.ts'

const stamp = { id: 'ab'.repeat(16), atMs: 1_700_000_000_123, clock: 42, origin: 's1' }
const operations: readonly Operation[] = [
  { ...stamp, kind: 'publish', from: 'ana', to: 'general', text: 'olá 😀', through: 'course' },
  { ...stamp, kind: 'message', from: 'ana', to: 'bia', text: 'x', through: 'native' },
  { ...stamp, kind: 'channel', channel: 'cursos' },
  { ...stamp, kind: 'login', user: 'ana' },
  // An earlier version took it.
  { ...stamp, kind: 'login', user: 'ana\ufe0f' },
  foreign(2 ** 48 - 1),
]
const log = 's1.0123abcd' as LogId
const entries = operations.map((operation, index): Entry => ({ log, sequence: index + 1, operation }))
const messages: readonly EveryoneMessage[] = [
  { kind: 'have', marks: [{ log, upTo: 7 }], asks: 'to-compare' },
  { kind: 'have', marks: [], asks: 'nothing' },
  { kind: 'entries', entries, why: 'awaited', hasMore: false },
  { kind: 'entries', entries: [], why: 'missing', hasMore: true },
]

describe('the bytes', () => {
  it('give back what went in', () => {
    for (const operation of operations) expect(decodeOperation(encodeOperation(operation))).toEqual(operation)
    for (const message of messages) expect(decodeEveryone(encodeEveryone(message))).toEqual(message)
  })

  it.each([
    { ...stamp, id: 'ab', kind: 'login', user: 'ana' },
    { ...stamp, clock: 2 ** 53, kind: 'login', user: 'ana' },
    { ...stamp, origin: 'x'.repeat(65), kind: 'login', user: 'ana' },
    { ...stamp, kind: 'login', user: 'servers' },
    { ...stamp, kind: 'publish', from: 'ana', to: 'general', text: ' ', through: 'course' },
  ] satisfies readonly Operation[])(
    'are no operation where no server of ours would have taken it (%#)',
    (operation) => {
      expect(decodeOperation(encodeOperation(operation))).toBeNull()
    },
  )

  it('are no message when they are cut short, longer, or of a log that cannot be', () => {
    for (const message of messages) {
      const bytes = encodeEveryone(message)
      for (let length = 0; length < bytes.length; length += 1) expect(decodeEveryone(bytes.slice(0, length))).toBeNull()
      expect(decodeEveryone(Uint8Array.from([...bytes, 0]))).toBeNull()
    }
    const wrong = { kind: 'have', marks: [{ log: 's1' as LogId, upTo: 1 }], asks: 'nothing' } as const
    expect(decodeEveryone(encodeEveryone(wrong))).toBeNull()
    const last: Entry = { log, sequence: 0, operation: operations[0]! }
    expect(
      decodeEveryone(encodeEveryone({ kind: 'entries', entries: [last], why: 'written', hasMore: false })),
    ).toBeNull()
  })

  it('may be anything, and nothing is thrown', () => {
    const random = new Random('noise')
    for (let run = 0; run < 3_000; run += 1) {
      const bytes = Uint8Array.from({ length: random.below(60) }, () => random.below(256))
      if (random.chance(1, 2) && bytes.length > 0) bytes[0] = random.below(3)
      decodeEveryone(bytes)
      decodeOperation(bytes)
    }
  })
})
