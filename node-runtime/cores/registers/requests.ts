import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'

export type RegisterCommand =
  | { readonly kind: 'write'; readonly key: string; readonly value: Uint8Array }
  /** Writes only where `expected` stands; null: where nothing stands. */
  | { readonly kind: 'swap'; readonly key: string; readonly expected: Uint8Array | null; readonly value: Uint8Array }
  | { readonly kind: 'append'; readonly key: string; readonly item: Uint8Array }

export type RegisterQuery =
  | { readonly kind: 'read'; readonly key: string }
  | { readonly kind: 'read-list'; readonly key: string }

/** The place in the list is the first byte of the record. */
const commandKinds = ['write', 'swap', 'append'] as const satisfies readonly RegisterCommand['kind'][]
const queryKinds = ['read', 'read-list'] as const satisfies readonly RegisterQuery['kind'][]

export function encodeRegisterCommand(command: RegisterCommand): Uint8Array {
  const writer = new ByteWriter(512).byte(commandKinds.indexOf(command.kind)).text(command.key)
  switch (command.kind) {
    case 'write':
      return writer.rest(command.value).done()
    case 'swap':
      return writeOptional(writer, command.expected).rest(command.value).done()
    case 'append':
      return writer.rest(command.item).done()
    default:
      return unreachable(command)
  }
}

/** null: no command of ours. Its values share the memory of `bytes`. */
export function decodeRegisterCommand(bytes: Uint8Array): RegisterCommand | null {
  const reader = new ByteReader(bytes)
  const kind = commandKinds[reader.byte()]
  if (kind === undefined) return null
  const command = readCommand(reader, kind, reader.text())
  return reader.isDone ? command : null
}

export function encodeRegisterQuery({ kind, key }: RegisterQuery): Uint8Array {
  return new ByteWriter().byte(queryKinds.indexOf(kind)).text(key).done()
}

/** null: no query of ours. */
export function decodeRegisterQuery(bytes: Uint8Array): RegisterQuery | null {
  const reader = new ByteReader(bytes)
  const kind = queryKinds[reader.byte()]
  const key = reader.text()
  return kind === undefined || !reader.isDone ? null : { kind, key }
}

function readCommand(reader: ByteReader, kind: RegisterCommand['kind'], key: string): RegisterCommand {
  switch (kind) {
    case 'write':
      return { kind, key, value: reader.rest() }
    case 'swap':
      return { kind, key, expected: readOptional(reader), value: reader.rest() }
    case 'append':
      return { kind, key, item: reader.rest() }
    default:
      return unreachable(kind)
  }
}

/** Bytes or nothing, which is not the same as no bytes. */
export function writeOptional(writer: ByteWriter, value: Uint8Array | null): ByteWriter {
  return value === null ? writer.byte(0) : writer.byte(1).bytes(value)
}

export function readOptional(reader: ByteReader): Uint8Array | null {
  return reader.boolean() ? reader.bytes() : null
}
