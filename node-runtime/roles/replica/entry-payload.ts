import { ByteReader, ByteWriter } from '#kit/bytes'
import type { CommandId } from '#ports/replicated-log'

/** What the payload of a command entry says. */
export type EntryPayload =
  | { readonly kind: 'open-session' }
  | { readonly kind: 'command'; readonly id: CommandId; readonly bytes: Uint8Array }
  /** Sessions that were idle for so long, by entry time, are closed. */
  | { readonly kind: 'expire'; readonly idleMs: number }

const openSessionCode = 1
const commandCode = 2
const expireCode = 3
const commandHeadBytes = 17

export function encodeOpenSession(): Uint8Array {
  return new ByteWriter(1).byte(openSessionCode).done()
}

export function encodeCommand({ session, number }: CommandId, bytes: Uint8Array): Uint8Array {
  const writer = new ByteWriter(commandHeadBytes + bytes.length)
  return writer.byte(commandCode).number(session).number(number).rest(bytes).done()
}

export function encodeExpire(idleMs: number): Uint8Array {
  return new ByteWriter(9).byte(expireCode).number(idleMs).done()
}

/** null: nothing of ours. The bytes of a command share the memory of what is read. */
export function decodePayload(payload: Uint8Array): EntryPayload | null {
  const reader = new ByteReader(payload)
  const decoded = readPayload(reader)
  return reader.isDone ? decoded : null
}

function readPayload(reader: ByteReader): EntryPayload | null {
  switch (reader.byte()) {
    case openSessionCode:
      return { kind: 'open-session' }
    case commandCode:
      return { kind: 'command', id: { session: reader.count(), number: reader.count() }, bytes: reader.rest() }
    case expireCode:
      return { kind: 'expire', idleMs: reader.count() }
    default:
      return null
  }
}
