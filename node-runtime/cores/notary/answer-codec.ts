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

export function encodeNotaryAnswer(answer: NotaryCommandAnswer): Uint8Array {
  if (answer.kind !== 'registered') return new ByteWriter(1).byte(kinds.indexOf(answer.kind)).done()
  const writer = new RegisteredWriter(answer.outcomes.length)
  for (const outcome of answer.outcomes) {
    if (outcome.kind === 'refused') writer.refused(outcome.why)
    else writer.record(outcome.kind, encodeRecord(outcome.record))
  }
  return writer.done(answer.size)
}

/** The answer to registrations, as it grows: records that are in bytes already are not made anew for it. */
export class RegisteredWriter {
  readonly #writer: ByteWriter

  constructor(count: number) {
    this.#writer = new ByteWriter(32 + count * outcomeBytes).byte(kinds.indexOf('registered')).uint32(count)
  }

  get length(): number {
    return this.#writer.length
  }

  refused(why: Refused['why']): void {
    this.#writer.byte(outcomes.indexOf('refused')).byte(refusals.indexOf(why))
  }

  /** Gives back from where on the record stands in here. */
  record(kind: Exclude<RegisterOutcome['kind'], 'refused'>, bytes: Uint8Array): number {
    this.#writer.byte(outcomes.indexOf(kind)).bytes(bytes)
    return this.#writer.length - bytes.length
  }

  written(from: number, length: number): Uint8Array {
    return this.#writer.written(from).subarray(0, length)
  }

  /** `size`: of the chain afterwards. */
  done(size: number): Uint8Array {
    return this.#writer.number(size).done()
  }
}

/** About what one takes: the record of a file with a title of some words. */
const outcomeBytes = 256

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
      const found = readOutcomes(reader)
      return found === null ? null : { kind, size: reader.count(), outcomes: found }
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
