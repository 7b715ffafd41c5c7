import { encode } from './codec.ts'
import { courseAliases } from './course-asks.ts'
import { accountWords, courseWords, type Refusal } from './refusals.ts'
import type { Form } from './requests.ts'
import type { Stamp } from './stamp.ts'
import type { Fields, Value } from './values.ts'

export type CourseAnswer =
  /** `users`: only an alias of it tells them. */
  | { readonly kind: 'logged-in'; readonly users: readonly string[] }
  | { readonly kind: 'users'; readonly users: readonly string[] }
  | { readonly kind: 'channels'; readonly channels: readonly string[] }
  | { readonly kind: 'channel-made' | 'said' | 'beat' | 'elected' }
  | { readonly kind: 'rank'; readonly rank: number }
  | { readonly kind: 'list'; readonly servers: readonly RankedServer[] }
  | { readonly kind: 'time'; readonly atMs: number }

export interface RankedServer {
  readonly name: string
  readonly rank: number
  readonly lastBeatMs: number
}

export type AccountAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'logged-in'; readonly token: string; readonly user: string }
  | { readonly kind: 'subscribed'; readonly user: string; readonly channel: string }
  | { readonly kind: 'time'; readonly atMs: number }
  | {
      readonly kind: 'channels'
      readonly channels: readonly { readonly name: string; readonly description: string }[]
    }
  | { readonly kind: 'users'; readonly users: readonly string[] }

export function courseAnswer(form: Form, answer: CourseAnswer, stamp: Stamp): Uint8Array {
  return envelope(form, courseData(form, answer), stamp)
}

/** Both lists are bare: they have no place for a clock. */
export function accountAnswer(form: Form, answer: AccountAnswer, stamp: Stamp): Uint8Array {
  if (answer.kind === 'channels') {
    return listed(
      form,
      answer.channels.map(({ name, description }) => mapOf({ titulo: name, desc: description })),
    )
  }
  if (answer.kind === 'users')
    return listed(
      form,
      answer.users.map((user) => mapOf({ user })),
    )
  return encode(form.codec, mapOf({ ...accountParts(answer), lamport_clock: stamp.clock }))
}

/** In the dialect and codec in which it was asked. */
export function refusalAnswer(form: Form, why: Refusal, stamp: Stamp): Uint8Array {
  if (form.dialect === 'account') {
    return encode(form.codec, mapOf({ status: 'ERRO', message: accountWords(why), lamport_clock: stamp.clock }))
  }
  const words = courseWords(why)
  const service = courseAliases.get(form.service) ?? form.service
  // Two services have their words under another name than all the rest; programs look for either.
  const isDescribed = service === 'login' || service === 'channel'
  return envelope(form, { status: 'erro', ...(isDescribed ? { description: words } : {}), message: words }, stamp)
}

function courseData(form: Form, answer: CourseAnswer): Readonly<Record<string, Value>> {
  const isAlias = courseAliases.has(form.service)
  switch (answer.kind) {
    case 'logged-in':
      return isAlias ? { status: 'OK', users: answer.users } : { status: 'sucesso' }
    case 'users':
      return { users: answer.users }
    case 'channels':
      return { ...(isAlias ? { status: 'OK' } : {}), channels: answer.channels, users: answer.channels }
    case 'channel-made':
      return { status: 'sucesso' }
    case 'said':
      return { status: 'OK' }
    case 'beat':
      return {}
    case 'elected':
      return { election: 'OK' }
    case 'rank':
      return { rank: answer.rank }
    case 'list':
      return { list: rankedList(form, answer.servers) }
    case 'time':
      return { time: answer.atMs / 1_000 }
  }
}

/** One family of programs talks JSON to the reference, and takes the list for a map. */
function rankedList({ codec }: Form, servers: readonly RankedServer[]): Value {
  return codec === 'json'
    ? new Map(servers.map(({ name, rank, lastBeatMs }) => [name, mapOf({ rank, last_beat: lastBeatMs / 1_000 })]))
    : servers.map(({ name, rank }) => mapOf({ name, rank }))
}

function accountParts(
  answer: Exclude<AccountAnswer, { readonly kind: 'channels' | 'users' }>,
): Readonly<Record<string, Value>> {
  switch (answer.kind) {
    case 'done':
      return { status: 'OK' }
    case 'logged-in':
      return { status: 'OK', token: answer.token, user: answer.user }
    case 'subscribed':
      return { status: 'OK', message: `${answer.user} inscrito em '${answer.channel}'` }
    case 'time':
      return { server_time_utc: new Date(answer.atMs).toISOString() }
  }
}

function envelope(form: Form, data: Readonly<Record<string, Value>>, { atMs, clock }: Stamp): Uint8Array {
  const stamped = mapOf({ ...data, timestamp: atMs / 1_000, clock })
  return encode(form.codec, mapOf({ service: form.service === '' ? 'erro' : form.service, data: stamped }))
}

function listed(form: Form, rows: readonly Fields[]): Uint8Array {
  return encode(form.codec, new Map(rows.map((row, index) => [String(index), row])))
}

/** For fields whose names we choose: those of others never pass through an object. */
export function mapOf(fields: Readonly<Record<string, Value>>): Fields {
  return new Map(Object.entries(fields))
}
