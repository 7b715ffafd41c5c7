import { type Fields, fieldsOf, noFields, textOf } from '../values.ts'
import { judgeStamp, judgeTexts, reservedTopics } from './parts.ts'
import type { Findings } from './rules.ts'

/** What a foreign server publishes: for clients, for other servers, or that it coordinates now. */
export function judgePublication(
  topic: string,
  map: Fields,
  clockBefore: number | null,
  findings: Findings,
): { readonly dialect: 'course' | 'account'; readonly service: string; readonly clock: number | null } {
  if (topic === 'servers') return judgeElected(map, clockBefore, findings)
  const dialect = map.has('lamport_clock') ? 'account' : 'course'
  const sender = ['user', 'src', 'from'].find((field) => textOf(map.get(field)) !== null) ?? 'user'
  judgeTexts('publication-fields', [sender, 'message'], map, findings)
  const receivers = ['channel', 'dst'].map((field) => textOf(map.get(field))).filter((name) => name !== null)
  // Said without a receiver, the topic alone says it; on `replica` nobody would know.
  const isRight = topic === 'replica' ? receivers.length > 0 : receivers.length === 0 || receivers.includes(topic)
  findings.note('topic', topic !== '' && isRight, topic)
  const taken = receivers.find((name) => reservedTopics.includes(name))
  findings.note('name-is-free', taken === undefined, taken ?? '')
  const kind = map.has('dst') || map.has('from') ? 'message' : 'publish'
  return { dialect, service: kind, clock: judgeStamp(dialect, map, clockBefore, findings) }
}

function judgeElected(
  map: Fields,
  clockBefore: number | null,
  findings: Findings,
): { readonly dialect: 'course'; readonly service: string; readonly clock: number | null } {
  findings.note('service-is-known', map.get('service') === 'election', textOf(map.get('service')) ?? '')
  const data = fieldsOf(map.get('data'))
  if (!findings.note('data-is-a-map', data !== null)) return { dialect: 'course', service: 'election', clock: null }
  judgeTexts('publication-fields', ['coordinator'], data ?? noFields, findings)
  const clock = judgeStamp('course', data ?? noFields, clockBefore, findings)
  return { dialect: 'course', service: 'election', clock }
}
