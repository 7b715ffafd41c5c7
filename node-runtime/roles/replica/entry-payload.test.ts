import { expect, it } from 'vitest'
import { decodePayload, encodeCommand, encodeExpire, encodeOpenSession } from './entry-payload.ts'

it('payloads are read as they were made', () => {
  const id = { session: 2 ** 40, number: 7 }
  expect(decodePayload(encodeOpenSession())).toEqual({ kind: 'open-session' })
  expect(decodePayload(encodeExpire(60_000))).toEqual({ kind: 'expire', idleMs: 60_000 })
  for (const bytes of [new Uint8Array(0), Uint8Array.of(1, 2, 3)]) {
    expect(decodePayload(encodeCommand(id, bytes))).toEqual({ kind: 'command', id, bytes })
  }
})

it.each([
  ['nothing', []],
  ['an unknown kind', [9]],
  ['a session to open, and more', [1, 0]],
  ['a command without its number', [...encodeCommand({ session: 1, number: 1 }, new Uint8Array(0))].slice(0, 12)],
  ['a number that cannot be counted with', [...encodeCommand({ session: 1, number: 0.5 }, new Uint8Array(0))]],
  ['half an expiry', [3, 0, 0]],
])('%s is no payload', (_, bytes) => {
  expect(decodePayload(Uint8Array.from(bytes))).toBeNull()
})
