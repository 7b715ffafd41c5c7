import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import type { NotaryCommandAnswer, RegisterOutcome } from './messages.ts'
import { decodeRecord, encodeRecord } from './record-codec.ts'

/** The place in a list is what stands on the wire; only ever added to at the end. */
const kinds = ['refused', 'done', 'registered'] as const satisfies readonly NotaryCommandAnswer['kind'][]
const outcomes = [
  'refused',
  'registered',
  'same-document',
  'same-id',
] as const satisfies readonly RegisterOutcome['kind'][]
const refusals = ['too-large', 'empty', 'malformed', 'id-taken'] as const

type Refused = Extract<RegisterOutcome, { kind: 'refused' }>

/** An outcome whose record is in bytes already. */
export type OutcomeBytes =
  | Refused
  | { readonly kind: Exclude<RegisterOutcome['kind'], 'refused'>; readonly record: Uint8Array }

export function encodeNotaryAnswer(answer: NotaryCommandAnswer): Uint8Array {
  if (answer.kind !== 'registered') return new ByteWriter(1).byte(kinds.indexOf(answer.kind)).done()
  return encodeRegistered(
    answer.size,
    answer.outcomes.map((outcome) =>
      outcome.kind === 'refused' ? outcome : { kind: outcome.kind, record: encodeRecord(outcome.record) },
    ),
  )
}

export function encodeRegistered(size: number, all: readonly OutcomeBytes[]): Uint8Array {
  let expected = 16
  for (const outcome of all) expected += outcome.kind === 'refused' ? 2 : 5 + outcome.record.length
  const writer = new ByteWriter(expected).byte(kinds.indexOf('registered')).number(size).uint32(all.length)
  for (const outcome of all) {
    writer.byte(outcomes.indexOf(outcome.kind))
    if (outcome.kind === 'refused') writer.byte(refusals.indexOf(outcome.why))
    else writer.bytes(outcome.record)
  }
  return writer.done()
}

/** null: no answer of a notary. */
export function decodeNotaryAnswer(bytes: Uint8Array): NotaryCommandAnswer | null {
  const reader = new ByteReader(bytes)
  const kind = kinds[reader.byte()]
  const answer = kind === undefined ? null : readAnswer(reader, kind)
  return reader.isDone ? answer : null
}

function readAnswer(reader: ByteReader, kind: NotaryCommandAnswer['kind']): NotaryCommandAnswer | null {
  switch (kind) {
    case 'refused':
    case 'done':
      return { kind }
    case 'registered': {
      const size = reader.count()
      const found = readOutcomes(reader)
      return found === null ? null : { kind, size, outcomes: found }
    }
    default:
      return unreachable(kind)
  }
}

function readOutcomes(reader: ByteReader): readonly RegisterOutcome[] | null {
  const count = reader.uint32()
  const found: RegisterOutcome[] = []
  while (found.length < count && reader.isSound) {
    const outcome = readOutcome(reader, outcomes[reader.byte()])
    if (outcome === null) return null
    found.push(outcome)
  }
  return found
}

function readOutcome(reader: ByteReader, kind: RegisterOutcome['kind'] | undefined): RegisterOutcome | null {
  if (kind === undefined) return null
  if (kind !== 'refused') {
    const record = decodeRecord(reader.bytes())
    return record === null ? null : { kind, record }
  }
  const why = refusals[reader.byte()]
  return why === undefined ? null : { kind, why }
}
