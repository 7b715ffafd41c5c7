import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { readOptionalNumber, writeOptionalNumber } from './codec-parts.ts'
import { decodeChatEvent } from './event-codec.ts'
import { type ChatCommandAnswer, type ChatEvent, type ChatRefusal, chatRefusals, type DeedOutcome } from './messages.ts'
import { bytesOfEvent, WrittenEvent } from './written-event.ts'

/** The place in a list is what stands on the wire; only ever added to at the end. */
const kinds = ['refused', 'done', 'done-before'] as const satisfies readonly DeedOutcome['kind'][]
const answerKinds = ['refused', 'done'] as const satisfies readonly ChatCommandAnswer['kind'][]

/** An outcome whose event is in bytes already, or stands among those of the command. */
export type OutcomeBytes =
  | { readonly kind: 'refused'; readonly why: ChatRefusal }
  | {
      readonly kind: 'done' | 'done-before'
      readonly event: Uint8Array | number | null
      readonly fence: number | null
    }

export const refusedCommand: Uint8Array = Uint8Array.of(answerKinds.indexOf('refused'))

export function encodeDone(outcomes: readonly OutcomeBytes[], events: readonly Uint8Array[]): Uint8Array {
  let expected = 16 + outcomes.length * 16
  for (const event of events) expected += 4 + event.length
  const writer = new ByteWriter(expected).byte(answerKinds.indexOf('done')).uint32(events.length)
  for (const event of events) writer.bytes(event)
  writer.uint32(outcomes.length)
  for (const outcome of outcomes) writeOutcome(writer, outcome)
  return writer.done()
}

export function encodeChatAnswer(answer: ChatCommandAnswer): Uint8Array {
  if (answer.kind === 'refused') return refusedCommand
  const events = answer.events.map(bytesOfEvent)
  const places = new Map(answer.events.map((event, place) => [event, place]))
  return encodeDone(
    answer.outcomes.map((outcome) => bytesOf(outcome, places)),
    events,
  )
}

type WrittenAnswer =
  | Extract<ChatCommandAnswer, { kind: 'refused' }>
  | (Omit<Extract<ChatCommandAnswer, { kind: 'done' }>, 'events'> & { readonly events: readonly WrittenEvent[] })

/** null: no answer to a command. Its events share the memory of `bytes`. */
export function decodeChatAnswer(bytes: Uint8Array): WrittenAnswer | null {
  const reader = new ByteReader(bytes)
  const kind = answerKinds[reader.byte()]
  if (kind === undefined) return null
  if (kind === 'refused') return reader.isDone ? { kind } : null
  const events: WrittenEvent[] = []
  for (let left = reader.uint32(); left > 0 && reader.isSound; left -= 1) events.push(new WrittenEvent(reader.bytes()))
  const outcomes: DeedOutcome[] = []
  for (let left = reader.uint32(); left > 0; left -= 1) {
    const outcome = readOutcome(reader, events)
    if (outcome === null || !reader.isSound) return null
    outcomes.push(outcome)
  }
  return reader.isDone ? { kind, outcomes, events } : null
}

/** One outcome on its own, on its way back to whoever asked. */
export function writeDeedOutcome(writer: ByteWriter, outcome: DeedOutcome): ByteWriter {
  return writeOutcome(writer, bytesOf(outcome, nowhere))
}

/** null: no outcome. */
export function decodeDeedOutcome(bytes: Uint8Array): DeedOutcome | null {
  const reader = new ByteReader(bytes)
  const outcome = readOutcome(reader, [])
  return reader.isDone ? outcome : null
}

function bytesOf(outcome: DeedOutcome, places: ReadonlyMap<ChatEvent, number>): OutcomeBytes {
  if (outcome.kind === 'refused') return outcome
  const { kind, event, fence } = outcome
  const place = event === null || kind === 'done-before' ? undefined : places.get(event)
  return { kind, event: event === null ? null : (place ?? bytesOfEvent(event)), fence }
}

const nowhere: ReadonlyMap<ChatEvent, number> = new Map()

/** An event: 0 none, 1 one of the command's by its place, 2 in bytes. */
function writeOutcome(writer: ByteWriter, outcome: OutcomeBytes): ByteWriter {
  writer.byte(kinds.indexOf(outcome.kind))
  if (outcome.kind === 'refused') return writer.byte(chatRefusals.indexOf(outcome.why))
  const { event, fence } = outcome
  if (event === null) writer.byte(0)
  else if (typeof event === 'number') writer.byte(1).uint32(event)
  else writer.byte(2).bytes(event)
  return writeOptionalNumber(writer, fence)
}

function readOutcome(reader: ByteReader, events: readonly ChatEvent[]): DeedOutcome | null {
  const kind = kinds[reader.byte()]
  switch (kind) {
    case undefined:
      return null
    case 'refused': {
      const why = chatRefusals[reader.byte()]
      return why === undefined || !reader.isSound ? null : { kind, why }
    }
    case 'done':
    case 'done-before': {
      const event = readOutcomeEvent(reader, events)
      const fence = readOptionalNumber(reader)
      return event === undefined || !reader.isSound ? null : { kind, event, fence }
    }
    default:
      return unreachable(kind)
  }
}

/** undefined: no event, where one should be. */
function readOutcomeEvent(reader: ByteReader, events: readonly ChatEvent[]): ChatEvent | null | undefined {
  switch (reader.byte()) {
    case 0:
      return null
    case 1:
      return events[reader.uint32()]
    case 2:
      return decodeChatEvent(reader.bytes()) ?? undefined
    default:
      return undefined
  }
}
