import { ByteReader, ByteWriter } from '#kit/bytes'

/** How values of one type are put into bytes and taken out of them. */
export interface Field<T> {
  write(writer: ByteWriter, value: T): void
  read(reader: FieldReader): T
}

/** One field for each of a record's own. The order in which they stand is that of the bytes. */
export type FieldsOf<T> = { readonly [Name in keyof T]: Field<T[Name]> }

/** A reader that can also be told that what it read is no such thing: then nothing of it is believed. */
export class FieldReader extends ByteReader {
  #isRefused = false

  refuse(): void {
    this.#isRefused = true
  }

  override get isSound(): boolean {
    return super.isSound && !this.#isRefused
  }

  override get isDone(): boolean {
    return super.isDone && !this.#isRefused
  }
}

export function encode<T>(field: Field<T>, value: T, expectedBytes = 64): Uint8Array {
  const writer = new ByteWriter(expectedBytes)
  field.write(writer, value)
  return writer.done()
}

/** null: these bytes are no such thing. */
export function decode<T>(field: Field<T>, bytes: Uint8Array): T | null {
  const reader = new FieldReader(bytes)
  const value = field.read(reader)
  return reader.isDone ? value : null
}

export const count: Field<number> = {
  write: (writer, value) => writer.number(value),
  read: (reader) => reader.count(),
}

/** Below zero as well. */
export const whole: Field<number> = {
  write: (writer, value) => writer.number(value),
  read: (reader) => {
    const value = reader.number()
    if (!Number.isSafeInteger(value)) reader.refuse()
    return value
  },
}

export const flag: Field<boolean> = {
  write: (writer, value) => writer.byte(value ? 1 : 0),
  read: (reader) => reader.boolean(),
}

export const text: Field<string> = {
  write: (writer, value) => writer.text(value),
  read: (reader) => reader.text(),
}

export function orNull<T>(field: Field<T>): Field<T | null> {
  return {
    write: (writer, value) => {
      writer.byte(value === null ? 0 : 1)
      if (value !== null) field.write(writer, value)
    },
    read: (reader) => (reader.boolean() ? field.read(reader) : null),
  }
}

/** Ends at the first thing that cannot be read. */
export function listOf<T>(field: Field<T>, itemsMax = Number.POSITIVE_INFINITY): Field<readonly T[]> {
  return {
    write: (writer, items) => {
      writer.uint32(items.length)
      for (const item of items) field.write(writer, item)
    },
    read: (reader) => {
      const length = reader.uint32()
      if (length > itemsMax) reader.refuse()
      const items: T[] = []
      while (items.length < length && reader.isSound) items.push(field.read(reader))
      return items
    },
  }
}

/** The place in the list is what stands in the bytes; only ever added to at the end. */
export function oneOf<const Word extends string>(words: readonly [Word, ...Word[]]): Field<Word> {
  return {
    write: (writer, word) => writer.byte(words.indexOf(word)),
    read: (reader) => {
      const word = words[reader.byte()]
      if (word === undefined) reader.refuse()
      return word ?? words[0]
    },
  }
}

export function record<T>(fields: FieldsOf<T>): Field<T> {
  const names: Extract<keyof T, string>[] = []
  for (const name in fields) names.push(name)
  return {
    write: (writer, value) => {
      for (const name of names) fields[name].write(writer, value[name])
    },
    read: (reader) => {
      const value: Partial<T> = {}
      for (const name of names) value[name] = fields[name].read(reader)
      return value as T // each of its fields has been read
    },
  }
}

type OfKind<Union, Kind> = Union extends { readonly kind: infer Kinds } ? (Kind extends Kinds ? Union : never) : never

/** What each kind has beside its kind. */
export type KindsOf<Union extends { readonly kind: string }> = {
  readonly [Kind in Union['kind']]: FieldsOf<Omit<OfKind<Union, Kind>, 'kind'>>
}

/** The place of a kind in the table is what stands in the bytes; only ever added to at the end. */
export function kinds<Union extends { readonly kind: string }>(table: KindsOf<Union>): Field<Union> {
  const names = Object.keys(table)
  const bodies = new Map(names.map((name) => [name, record<object>(table[name as Union['kind']])])) // its own key
  return {
    write: (writer, value) => {
      writer.byte(names.indexOf(value.kind))
      bodies.get(value.kind)?.write(writer, value)
    },
    read: (reader) => {
      const kind = names[reader.byte()]
      const body = kind === undefined ? undefined : bodies.get(kind)
      if (body === undefined) reader.refuse()
      return { kind, ...body?.read(reader) } as Union // what its kind has beside it has been read, or all is refused
    },
  }
}
