import { mapOf } from './answers.ts'
import { type Codec, codecOf, decode, encode } from './codec.ts'
import type { CourseAsk } from './course-asks.ts'
import { courseWords } from './refusals.ts'
import { readStamp, type Stamp, timeOf } from './stamp.ts'
import { countOf, type Fields, fieldsOf, listOf, textOf, type Value } from './values.ts'

/** The other side: how our bots and servers ask, as a program of the course does. */
export function courseRequest(codec: Codec, ask: CourseAsk, { atMs, clock }: Stamp): Uint8Array {
  const { kind, ...fields } = ask
  return encode(codec, mapOf({ service: kind, data: mapOf({ ...fields, timestamp: atMs / 1_000, clock }) }))
}

/** What an answer says, as far as it says anything; parts that another service's answer has are null. */
export interface CourseReply {
  readonly service: string
  readonly isRefused: boolean
  /** Refused by ours for nothing that was asked: the same may be taken another time. */
  readonly mayPass: boolean
  readonly why: string | null
  readonly users: readonly string[] | null
  readonly channels: readonly string[] | null
  readonly rank: number | null
  readonly servers: readonly { readonly name: string; readonly rank: number }[] | null
  readonly timeMs: number | null
  readonly clock: number | null
}

/** null: no answer of this protocol. */
export function readReply(payload: Uint8Array): CourseReply | null {
  const codec = codecOf(payload)
  const message = codec === null ? null : fieldsOf(decode(codec, payload)?.value)
  const data = fieldsOf(message?.get('data'))
  if (message === null || data === null) return null
  const isRefused = textOf(data.get('status'))?.toLowerCase() === 'erro'
  const why = textOf(data.get('description')) ?? textOf(data.get('message'))
  return {
    service: textOf(message.get('service')) ?? '',
    isRefused,
    mayPass: isRefused && why !== null && passingWords.has(why),
    why: isRefused ? (why ?? '') : null,
    users: namesOf(data.get('users')),
    channels: namesOf(data.get('channels')) ?? namesOf(data.get('lista')) ?? namesOf(data.get('users')),
    rank: countOf(data.get('rank'), rankMax),
    servers: serversOf(data.get('list')),
    timeMs: timeOf(data.get('time')),
    clock: readStamp(data).clock,
  }
}

const passingWords: ReadonlySet<string> = new Set(
  (['nobody', 'unknown', 'too-many'] as const).map((kind) => courseWords({ kind })),
)

function namesOf(value: Value | undefined): readonly string[] | null {
  return listOf(value)?.flatMap((name) => textOf(name) ?? []) ?? null
}

/** In both shapes that references give it. */
function serversOf(value: Value | undefined): readonly { readonly name: string; readonly rank: number }[] | null {
  const map = fieldsOf(value)
  if (map !== null) return [...map].flatMap(([name, row]) => serverOf(name, fieldsOf(row)))
  const rows = listOf(value)
  if (rows === null) return null
  return rows.flatMap((row) => serverOf(textOf(fieldsOf(row)?.get('name')), fieldsOf(row)))
}

function serverOf(
  name: string | null,
  row: Fields | null,
): readonly { readonly name: string; readonly rank: number }[] {
  const rank = countOf(row?.get('rank'), rankMax)
  return name === null || name === '' || rank === null ? [] : [{ name, rank }]
}

const rankMax = 2 ** 31
