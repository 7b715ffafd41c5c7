import { accountFields, botPrefix, isAccountService, soundsLikeAccount, spoken } from '../account-asks.ts'
import { type Codec, codecOf, decode } from '../codec.ts'
import { courseAliases, courseFields, courseServiceOf } from '../course-asks.ts'
import { type Fields, fieldsOf, noFields, textOf } from '../values.ts'
import { judgeCourseAnswer } from './answer.ts'
import { judgeStamp, judgeTexts, reservedTopics, serviceCharsMax } from './parts.ts'
import { judgePublication } from './publication.ts'
import { shownPayload, shownText } from './redaction.ts'
import { type Finding, Findings } from './rules.ts'

/** A message of a foreign program, as it came. */
export type Observed = {
  readonly frames: readonly Uint8Array[]
  /** Of the last message of the same sender. null: it is the first, or had none. */
  readonly clockBefore: number | null
} & (
  | { readonly at: 'broker' | 'reference'; readonly answer: Uint8Array | null }
  /** What a foreign server behind our broker answered, and to what. */
  | { readonly at: 'server'; readonly request: Uint8Array }
  /** The topic is the first frame. */
  | { readonly at: 'publication' }
)

export interface Judgement {
  readonly dialect: 'course' | 'account' | 'unknown'
  readonly codec: Codec | 'none'
  readonly service: string
  /** As text, shortened, without what is secret or said to somebody alone; so is the answer. */
  readonly payload: string
  readonly answer: string | null
  /** To hand in with the sender's next message. */
  readonly clock: number | null
  readonly findings: readonly Finding[]
}

/** Which rules a message keeps and breaks. Never throws, whatever came. */
export function judge(observed: Observed): Judgement {
  const findings = new Findings()
  const wanted = observed.at === 'publication' ? 2 : 1
  findings.note('frames', observed.frames.length === wanted, `${observed.frames.length}/${wanted}`)
  const payload = observed.frames[wanted - 1] ?? observed.frames[0] ?? new Uint8Array()
  const codec = codecOf(payload)
  const read = codec === null ? null : decode(codec, payload)
  const answer = 'answer' in observed ? observed.answer : null
  const shown = {
    codec: codec ?? 'none',
    payload: shownPayload(codec, payload, observed.at === 'server' ? 'answered' : 'asked'),
    answer: answer === null ? null : shownPayload(codecOf(answer), answer, 'answered'),
  } as const
  const nothing = { dialect: 'unknown', service: '', clock: null } as const
  if (!findings.note('codec', read !== null, codec ?? '')) return { ...nothing, ...shown, findings: findings.all }
  const map = fieldsOf(read?.value)
  if (!findings.note('envelope-is-a-map', map !== null)) return { ...nothing, ...shown, findings: findings.all }
  return { ...judgeMap(observed, map ?? noFields, findings), ...shown, findings: findings.all }
}

type Judged = Pick<Judgement, 'dialect' | 'service' | 'clock'>

function judgeMap(observed: Observed, map: Fields, findings: Findings): Judged {
  if (observed.at === 'publication') {
    // Of one frame alone it is the payload, which has no topic.
    const topic = (observed.frames.length > 1 ? textOf(observed.frames[0]) : null) ?? ''
    return judgePublication(topic, map, observed.clockBefore, findings)
  }
  if (observed.at === 'server') return judgeCourseAnswer(observed.request, map, observed.clockBefore, findings)
  return judgeRequest(observed.at, map, observed.clockBefore, findings)
}

function judgeRequest(at: 'broker' | 'reference', map: Fields, clockBefore: number | null, findings: Findings): Judged {
  const service = textOf(map.get('service'))
  findings.note('service-is-text', service !== null)
  const data = fieldsOf(map.get('data'))
  findings.note('data-is-a-map', data !== null)
  const word = service ?? ''
  const dialect = soundsLikeAccount(word, data ?? noFields) ? 'account' : 'course'
  if (service !== null) {
    if (dialect === 'account') judgeAccountData(word, data ?? noFields, findings)
    else judgeCourseData(at, word, data ?? noFields, findings)
  }
  const clock = data === null ? null : judgeStamp(dialect, data, clockBefore, findings)
  return { dialect, service: shownText(word, serviceCharsMax), clock }
}

function judgeCourseData(at: 'broker' | 'reference', word: string, data: Fields, findings: Findings): void {
  const service = courseServiceOf(word)
  // Who means one of them and writes it in another case finds it beside what was written.
  const meant = service === null ? courseServiceOf(word.trim().toLowerCase()) : null
  const detail = meant === null ? word : `${word} → ${meant}`
  if (!findings.note('service-is-known', service !== null, detail) || service === null) return
  findings.note('service-by-its-name', !courseAliases.has(word), service)
  findings.note('service-at-its-place', referenceServices.includes(service) === (at === 'reference'), service)
  judgeTexts('fields', courseFields[service], data, findings)
  const names = ['user', 'channel', 'src', 'dst'].map((field) => textOf(data.get(field)))
  const taken = names.find((name) => name !== null && reservedTopics.includes(name))
  findings.note('name-is-free', taken === undefined, taken ?? '')
}

function judgeAccountData(word: string, data: Fields, findings: Findings): void {
  if (!findings.note('service-is-known', isAccountService(word), word) || !isAccountService(word)) return
  judgeTexts('fields', accountFields[word], data, findings)
  if (!spoken.includes(word)) return
  const isBot = textOf(data.get('user'))?.startsWith(botPrefix) === true
  findings.note('speaker', isBot || (textOf(data.get('token')) ?? '') !== '')
}

/** Servers ask these of a reference or of each other; a client has no use for them. */
const referenceServices: readonly string[] = ['rank', 'list', 'heartbeat', 'clock', 'election']
