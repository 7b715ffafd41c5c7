import { codecOf, decode } from '../codec.ts'
import { type CourseService, courseServiceOf } from '../course-asks.ts'
import { timeOf } from '../stamp.ts'
import { type Fields, fieldsOf, listOf, noFields, textOf } from '../values.ts'
import { judgeStamp, serviceCharsMax } from './parts.ts'
import { shownText } from './redaction.ts'
import type { Findings } from './rules.ts'

/** What a foreign server gave back for a request. */
export function judgeCourseAnswer(
  request: Uint8Array,
  map: Fields,
  clockBefore: number | null,
  findings: Findings,
): { readonly dialect: 'course'; readonly service: string; readonly clock: number | null } {
  const asked = serviceAsked(request)
  const judged = { dialect: 'course', service: shownText(asked, serviceCharsMax) } as const
  const service = textOf(map.get('service'))
  findings.note('service-is-text', service !== null)
  if (service !== null) findings.note('answer-service', service === asked, service)
  const data = fieldsOf(map.get('data'))
  if (!findings.note('data-is-a-map', data !== null)) return { ...judged, clock: null }
  judgeOutcome(courseServiceOf(asked), data ?? noFields, findings)
  const clock = judgeStamp('course', data ?? noFields, clockBefore, findings)
  return { ...judged, clock }
}

function judgeOutcome(service: CourseService | null, data: Fields, findings: Findings): void {
  const status = textOf(data.get('status'))
  const good = service === null ? undefined : goodStatus.get(service)
  if (status === 'erro') {
    const field = service === 'login' || service === 'channel' ? 'description' : 'message'
    findings.note('answer-status', (textOf(data.get(field)) ?? '') !== '', field)
    return
  }
  // Others say it in lower case, or with the word of another service.
  if (good !== undefined) findings.note('answer-status', status === good, good)
  const wanted = service === null ? undefined : answerFields.get(service)
  if (wanted !== undefined) findings.note('answer-fields', wanted.isThere(data), wanted.field)
}

function serviceAsked(request: Uint8Array): string {
  const codec = codecOf(request)
  const map = codec === null ? null : fieldsOf(decode(codec, request)?.value)
  return textOf(map?.get('service')) ?? ''
}

const goodStatus: ReadonlyMap<CourseService, string> = new Map<CourseService, string>([
  ['login', 'sucesso'],
  ['channel', 'sucesso'],
  ['publish', 'OK'],
  ['message', 'OK'],
])

interface Wanted {
  readonly field: string
  isThere(data: Fields): boolean
}

const answerFields: ReadonlyMap<CourseService, Wanted> = new Map<CourseService, Wanted>([
  ['users', { field: 'users', isThere: (data) => isNames(data, 'users') }],
  ['channels', { field: 'channels', isThere: (data) => isNames(data, 'channels') || isNames(data, 'users') }],
  ['clock', { field: 'time', isThere: (data) => timeOf(data.get('time')) !== null }],
  ['election', { field: 'election', isThere: (data) => data.get('election') === 'OK' }],
])

function isNames(data: Fields, field: string): boolean {
  return listOf(data.get(field))?.every((name) => textOf(name) !== null) === true
}
