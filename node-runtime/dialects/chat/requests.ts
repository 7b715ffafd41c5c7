import { type AccountAsk, readAccountAsk, soundsLikeAccount } from './account-asks.ts'
import { type Codec, codecOf, decode } from './codec.ts'
import { type CourseAsk, readCourseAsk } from './course-asks.ts'
import type { Refusal } from './refusals.ts'
import { type ForeignStamp, readStamp } from './stamp.ts'
import { type Fields, fieldsOf, noFields, textOf, type Value } from './values.ts'

/** How a request was put, and so how it is answered. */
export interface Form {
  readonly codec: Codec
  readonly dialect: 'course' | 'account'
  /** As it was asked for, shortened: an answer in the course's dialect says it again. */
  readonly service: string
}

export type ForeignRequest =
  | { readonly kind: 'course'; readonly form: Form; readonly ask: CourseAsk; readonly stamp: ForeignStamp }
  | { readonly kind: 'account'; readonly form: Form; readonly ask: AccountAsk; readonly stamp: ForeignStamp }
  /** It cannot be served, and its sender waits to hear so. */
  | { readonly kind: 'refused'; readonly form: Form; readonly why: Refusal }
  /** There is nothing that an answer could be like. */
  | { readonly kind: 'dropped' }

/** To read what is longer would take the time of all others. */
const requestBytesMax = 128 * 1024

/** Never throws, whatever comes. */
export function readRequest(frames: readonly Uint8Array[]): ForeignRequest {
  const [payload] = frames
  const codec = payload === undefined ? null : codecOf(payload)
  if (payload === undefined || codec === null) return { kind: 'dropped' }
  const unread = { kind: 'refused', form: { codec, dialect: 'course', service: '' } } as const
  if (payload.length > requestBytesMax) return { ...unread, why: { kind: 'too-long' } }
  const message = frames.length === 1 ? fieldsOf(decode(codec, payload)?.value) : null
  if (message === null) return { ...unread, why: { kind: 'form' } }
  return readMessage(codec, message)
}

function readMessage(codec: Codec, message: Fields): ForeignRequest {
  const service = textOf(message.get('service'))
  const data = dataOf(message.get('data'))
  const dialect = soundsLikeAccount(service ?? '', data ?? noFields) ? 'account' : 'course'
  const form: Form = { codec, dialect, service: shortened(service ?? '') }
  if (service === null) return { kind: 'refused', form, why: { kind: 'service', service: '' } }
  if (data === null) return { kind: 'refused', form, why: { kind: 'field', field: 'data' } }
  if (dialect === 'account') {
    const ask = readAccountAsk(service, data)
    if (ask.kind === 'refused') return { kind: 'refused', form, why: ask.why }
    return { kind: 'account', form, ask, stamp: readStamp(data, 'lamport_clock') }
  }
  const ask = readCourseAsk(service, data)
  if (ask.kind === 'refused') return { kind: 'refused', form, why: ask.why }
  return { kind: 'course', form, ask, stamp: readStamp(data) }
}

/** What has nothing to say may leave it out. null: it is something else than a map. */
function dataOf(value: Value | undefined): Fields | null {
  return value === undefined || value === null ? noFields : fieldsOf(value)
}

function shortened(service: string): string {
  return service.length <= serviceCharsMax ? service : `${service.slice(0, serviceCharsMax - 1)}…`
}

const serviceCharsMax = 64
