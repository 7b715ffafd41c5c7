import type { Refusal } from './refusals.ts'
import { type Fields, textOf } from './values.ts'

/** What programs of the course ask for; from `rank` on, servers of theirs. Whether a name may be used is not looked at. */
export type CourseAsk =
  | { readonly kind: 'login'; readonly user: string }
  | { readonly kind: 'users' }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'channels' }
  | { readonly kind: 'publish'; readonly user: string; readonly channel: string; readonly message: string }
  | { readonly kind: 'message'; readonly src: string; readonly dst: string; readonly message: string }
  | { readonly kind: 'rank'; readonly user: string }
  | { readonly kind: 'list' }
  | { readonly kind: 'heartbeat'; readonly user: string }
  | { readonly kind: 'clock' }
  | { readonly kind: 'election' }

export type CourseService = CourseAsk['kind']

/** What each service needs in its `data`, beside time and clock. */
export const courseFields: Readonly<Record<CourseService, readonly string[]>> = {
  login: ['user'],
  users: [],
  channel: ['channel'],
  channels: [],
  publish: ['user', 'channel', 'message'],
  message: ['src', 'dst', 'message'],
  rank: ['user'],
  list: [],
  heartbeat: ['user'],
  clock: [],
  election: [],
}

/** Other words that real programs have for the same. */
export const courseAliases: ReadonlyMap<string, CourseService> = new Map<string, CourseService>([
  ['register_user', 'login'],
  ['list_channels', 'channels'],
])

/** null: the course has no such service. */
export function courseServiceOf(word: string): CourseService | null {
  const alias = courseAliases.get(word)
  if (alias !== undefined) return alias
  return isService(word) ? word : null
}

export function readCourseAsk(word: string, data: Fields): CourseAsk | Refused {
  const kind = courseServiceOf(word)
  if (kind === null) return { kind: 'refused', why: { kind: 'service', service: word } }
  const texts = new Map<string, string>()
  for (const field of courseFields[kind]) {
    const text = textOf(data.get(field))
    if (text === null || text === '') return { kind: 'refused', why: { kind: 'field', field } }
    texts.set(field, text)
  }
  const text = (field: string): string => texts.get(field) ?? ''
  switch (kind) {
    case 'login':
    case 'rank':
    case 'heartbeat':
      return { kind, user: text('user') }
    case 'channel':
      return { kind, channel: text('channel') }
    case 'publish':
      return { kind, user: text('user'), channel: text('channel'), message: text('message') }
    case 'message':
      return { kind, src: text('src'), dst: text('dst'), message: text('message') }
    default:
      return { kind }
  }
}

export interface Refused {
  readonly kind: 'refused'
  readonly why: Refusal
}

function isService(word: string): word is CourseService {
  return Object.hasOwn(courseFields, word)
}
