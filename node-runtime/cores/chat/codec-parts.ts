import type { ByteReader, ByteWriter } from '#kit/bytes'
import type { DeedId, Door } from './messages.ts'

export const idBytes = 16
/** The place in the list is what stands on the wire; only ever added to at the end. */
export const doors = ['native', 'course', 'account'] as const satisfies readonly Door[]

/** Of what is no id, zeros are written. */
export function writeId(writer: ByteWriter, id: DeedId): ByteWriter {
  for (let at = 0; at < 2 * idBytes; at += 2) {
    writer.byte(((digits[id.charCodeAt(at)] ?? 0) << 4) | (digits[id.charCodeAt(at + 1)] ?? 0))
  }
  return writer
}

export function readId(reader: ByteReader): DeedId {
  let id = ''
  for (let at = 0; at < idBytes; at += 1) id += hexOf[reader.byte()] ?? ''
  return id
}

export function writeOptionalId(writer: ByteWriter, id: DeedId | null): ByteWriter {
  return id === null ? writer.byte(0) : writeId(writer.byte(1), id)
}

export function readOptionalId(reader: ByteReader): DeedId | null {
  return reader.boolean() ? readId(reader) : null
}

export function writeOptionalText(writer: ByteWriter, text: string | null): ByteWriter {
  return text === null ? writer.byte(0) : writer.byte(1).text(text)
}

export function readOptionalText(reader: ByteReader): string | null {
  return reader.boolean() ? reader.text() : null
}

export function writeOptionalNumber(writer: ByteWriter, value: number | null): ByteWriter {
  return value === null ? writer.byte(0) : writer.byte(1).number(value)
}

export function readOptionalNumber(reader: ByteReader): number | null {
  return reader.boolean() ? reader.count() : null
}

export function writeFlag(writer: ByteWriter, flag: boolean): ByteWriter {
  return writer.byte(flag ? 1 : 0)
}

export function writeList<Item>(
  writer: ByteWriter,
  items: readonly Item[],
  write: (writer: ByteWriter, item: Item) => unknown,
): ByteWriter {
  writer.uint32(items.length)
  for (const item of items) write(writer, item)
  return writer
}

/** Ends at the first thing that cannot be read: then the reader is unsound, and nothing of this is believed. */
export function readList<Item>(reader: ByteReader, read: (reader: ByteReader) => Item): readonly Item[] {
  const count = reader.uint32()
  const items: Item[] = []
  while (items.length < count && reader.isSound) items.push(read(reader))
  return items
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
/** By code units up to `f`. */
const digits = Uint8Array.from({ length: 0x67 }, (_, unit) =>
  Math.max(0, '0123456789abcdef'.indexOf(String.fromCharCode(unit))),
)
