import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { type Document, type NotaryCommand, notaryLimits, type Registration, type WitnessList } from './messages.ts'
import { readOptionalText, readProposer, writeOptionalText, writeProposer } from './record-codec.ts'

/** The place in a list is what stands on the wire; only ever added to at the end. */
const kinds = ['register', 'found', 'witnesses'] as const satisfies readonly NotaryCommand['kind'][]
const duplicates = ['found', 'recorded'] as const
const documentKinds = ['text', 'file'] as const satisfies readonly Document['kind'][]

export function encodeNotaryCommand(command: NotaryCommand): Uint8Array {
  switch (command.kind) {
    case 'register': {
      const { by, registrations } = command
      const writer = writeProposer(startOf(command, 64 + registrations.length * 192), by)
      writer.byte(duplicates.indexOf(command.duplicates)).uint32(registrations.length)
      for (const registration of registrations) writeRegistration(writer, registration)
      return writer.done()
    }
    case 'found':
      return startOf(command, 256).text(command.origin).text(command.logKey).done()
    case 'witnesses':
      return writeWitnesses(startOf(command, 512), command).done()
    default:
      return unreachable(command)
  }
}

/** null: no command of ours, or one past its limits. Its values share the memory of `bytes`. */
export function decodeNotaryCommand(bytes: Uint8Array): NotaryCommand | null {
  if (bytes.length > notaryLimits.commandBytesMax) return null
  const reader = new ByteReader(bytes)
  const kind = kinds[reader.byte()]
  const command = kind === undefined ? null : readCommand(reader, kind)
  return reader.isDone ? command : null
}

/** How many keys there are, and how many are wanting: once all had to be there, and zeros stood in the other places. */
export function writeWitnesses(writer: ByteWriter, { witnesses, members }: WitnessList): ByteWriter {
  writer
    .byte(witnesses.length)
    .byte(members - witnesses.length)
    .byte(0)
    .byte(0)
  for (const { name, key } of witnesses) writer.text(name).text(key)
  return writer
}

export function readWitnesses(reader: ByteReader): WitnessList | null {
  const [count, wanting, ...zeros] = [reader.byte(), reader.byte(), reader.byte(), reader.byte()]
  const members = count + wanting
  if (members > notaryLimits.witnessesMax || zeros.some((byte) => byte !== 0)) return null
  return { witnesses: Array.from({ length: count }, () => ({ name: reader.text(), key: reader.text() })), members }
}

function startOf({ kind }: NotaryCommand, expectedBytes: number): ByteWriter {
  return new ByteWriter(expectedBytes).byte(kinds.indexOf(kind))
}

function readCommand(reader: ByteReader, kind: NotaryCommand['kind']): NotaryCommand | null {
  switch (kind) {
    case 'register':
      return readRegister(reader)
    case 'found':
      return { kind, origin: reader.text(), logKey: reader.text() }
    case 'witnesses': {
      const list = readWitnesses(reader)
      return list === null ? null : { kind, ...list }
    }
    default:
      return unreachable(kind)
  }
}

function readRegister(reader: ByteReader): NotaryCommand | null {
  const by = readProposer(reader)
  const how = duplicates[reader.byte()]
  const count = reader.uint32()
  if (by === null || how === undefined || count > notaryLimits.registrationsPerCommandMax) return null
  const registrations: Registration[] = []
  while (registrations.length < count) {
    const registration = readRegistration(reader)
    if (registration === null) return null
    registrations.push(registration)
  }
  return { kind: 'register', by, duplicates: how, registrations }
}

function writeRegistration(writer: ByteWriter, { id, document, title, registrant }: Registration): void {
  writeOptionalText(writer, id).text(title).text(registrant).byte(documentKinds.indexOf(document.kind))
  if (document.kind === 'text') writer.text(document.text)
  else if (document.bytes === null) writer.bytes(document.sha256).byte(0)
  else writer.bytes(document.sha256).byte(1).number(document.bytes)
}

function readRegistration(reader: ByteReader): Registration | null {
  const id = readOptionalText(reader)
  const title = reader.text()
  const registrant = reader.text()
  const document = readDocument(reader, documentKinds[reader.byte()])
  return document === null || !reader.isSound ? null : { id, document, title, registrant }
}

function readDocument(reader: ByteReader, kind: Document['kind'] | undefined): Document | null {
  switch (kind) {
    case 'text':
      return { kind, text: reader.text() }
    case 'file':
      return { kind, sha256: reader.bytes(), bytes: reader.boolean() ? reader.count() : null }
    case undefined:
      return null
    default:
      return unreachable(kind)
  }
}
