import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { readOptional, writeOptional } from './requests.ts'

const refusals = ['malformed', 'bad-key', 'too-large', 'list-full'] as const
export type RegisterRefusal = (typeof refusals)[number]

export type RegisterAnswer =
  | { readonly kind: 'written' }
  | { readonly kind: 'swapped' }
  /** `found` stands there, and not what was expected. */
  | { readonly kind: 'not-swapped'; readonly found: Uint8Array | null }
  /** `length` items are in the list now. */
  | { readonly kind: 'appended'; readonly length: number }
  | { readonly kind: 'value'; readonly value: Uint8Array | null }
  | { readonly kind: 'list'; readonly items: readonly Uint8Array[] }
  | { readonly kind: 'refused'; readonly why: RegisterRefusal }

/** The place in the list is the first byte of the record. */
const answerKinds = [
  'written',
  'swapped',
  'not-swapped',
  'appended',
  'value',
  'list',
  'refused',
] as const satisfies readonly RegisterAnswer['kind'][]

export function encodeRegisterAnswer(answer: RegisterAnswer): Uint8Array {
  const writer = new ByteWriter(1).byte(answerKinds.indexOf(answer.kind))
  switch (answer.kind) {
    case 'written':
    case 'swapped':
      return writer.done()
    case 'not-swapped':
      return writeOptional(writer, answer.found).done()
    case 'appended':
      return writer.uint32(answer.length).done()
    case 'value':
      return writeOptional(writer, answer.value).done()
    case 'list':
      return answer.items.reduce((list, item) => list.bytes(item), writer).done()
    case 'refused':
      return writer.byte(refusals.indexOf(answer.why)).done()
    default:
      return unreachable(answer)
  }
}

/** null: no answer of a register machine. */
export function decodeRegisterAnswer(bytes: Uint8Array): RegisterAnswer | null {
  const reader = new ByteReader(bytes)
  const kind = answerKinds[reader.byte()]
  const answer = kind === undefined ? null : readAnswer(reader, kind)
  return reader.isDone ? answer : null
}

function readAnswer(reader: ByteReader, kind: RegisterAnswer['kind']): RegisterAnswer | null {
  switch (kind) {
    case 'written':
    case 'swapped':
      return { kind }
    case 'not-swapped':
      return { kind, found: readOptional(reader) }
    case 'appended':
      return { kind, length: reader.uint32() }
    case 'value':
      return { kind, value: readOptional(reader) }
    case 'list':
      return { kind, items: readItems(reader) }
    case 'refused': {
      const why = refusals[reader.byte()]
      return why === undefined ? null : { kind, why }
    }
    default:
      return unreachable(kind)
  }
}

/** Items with their lengths, to the end of the record. */
export function readItems(reader: ByteReader): readonly Uint8Array[] {
  const items: Uint8Array[] = []
  while (reader.isSound && !reader.isDone) items.push(reader.bytes())
  return items
}
