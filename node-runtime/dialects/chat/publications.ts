import { mapOf } from './answers.ts'
import { type Codec, canonicalJson, codecOf, decode, encode } from './codec.ts'
import { readStamp, type Stamp } from './stamp.ts'
import { type Fields, fieldsOf, textOf, type Value } from './values.ts'

/** What goes out through a proxy: its topic, and one frame after it. */
export interface Publication {
  readonly topic: string
  readonly payload: Uint8Array
}

/** Somebody said something, in a public channel or to a name. */
export interface Said {
  readonly kind: 'publish' | 'message'
  readonly from: string
  /** A channel's name or a user's. */
  readonly to: string
  readonly text: string
  readonly atMs: number
  readonly clock: number
  /** Which server took it. */
  readonly origin: string
}

/** What servers of the everyone profile tell each other on topic `replica`. Those of the course send only the first two kinds. */
export type ReplicaOperation = { readonly atMs: number; readonly clock: number; readonly origin: string } & (
  | { readonly kind: 'publish' | 'message'; readonly from: string; readonly to: string; readonly text: string }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'login'; readonly user: string }
)

export const courseTopics = { servers: 'servers', replica: 'replica' } as const

/** On the topic of whom it is for. */
export function coursePublication(codec: Codec, said: Said): Publication {
  return { topic: said.to, payload: encode(codec, saidMap(said)) }
}

/** For programs of the account chat, which read JSON only. */
export function accountPublication({ kind, from, to, text, atMs, clock }: Said): Publication {
  const who: Readonly<Record<string, Value>> = kind === 'publish' ? { user: from } : { from }
  const timestamp = new Date(atMs).toISOString()
  return { topic: to, payload: encode('json', mapOf({ ...who, message: text, timestamp, lamport_clock: clock })) }
}

/** `sequence`: its place in that log of its origin, which begins another one in each life. */
export function replicaPublication(
  codec: Codec,
  operation: ReplicaOperation,
  { log, sequence }: { readonly log: string; readonly sequence: number },
): Publication {
  const payload = encode(codec, new Map([...operationMap(operation), ['sequence', sequence], ['log', log]]))
  return { topic: courseTopics.replica, payload }
}

/** All that programs look for, under every name that they look under, always in this order. */
export function saidMap({ kind, from, to, text, atMs, clock, origin }: Said): Fields {
  const receiver: Readonly<Record<string, Value>> = kind === 'publish' ? { channel: to } : { dst: to }
  const sender = { user: from, src: from, from, message: text }
  return mapOf({ type: kind, ...receiver, ...sender, timestamp: atMs / 1_000, clock, origin })
}

/** What somebody says on a proxy, as far as it can be read. */
export type Heard =
  | {
      readonly kind: 'said'
      readonly operation: Extract<ReplicaOperation, { readonly kind: 'publish' | 'message' }>
      readonly sequence: number | null
      /** Of the map as it came; the id of what has no sequence is made of it. */
      readonly canonical: string
    }
  | { readonly kind: 'registered'; readonly operation: ReplicaOperation; readonly sequence: number | null }
  | { readonly kind: 'elected'; readonly coordinator: string; readonly clock: number | null }
  | { readonly kind: 'unreadable' }

/** Never throws. What it has no time or clock for gets zero: the same for all who read it. */
export function readPublication(topic: string, payload: Uint8Array): Heard {
  const codec = codecOf(payload)
  const map = codec === null ? null : fieldsOf(decode(codec, payload)?.value)
  if (map === null) return { kind: 'unreadable' }
  if (topic === courseTopics.servers) return readElected(map)
  const stamp = readStamp(map, map.has('lamport_clock') ? 'lamport_clock' : 'clock')
  const origin = textOf(map.get('origin')) ?? ''
  const common = { atMs: stamp.atMs ?? 0, clock: stamp.clock ?? 0, origin }
  const sequence = map.get('sequence')
  const place = typeof sequence === 'number' && Number.isSafeInteger(sequence) && sequence >= 1 ? sequence : null
  const registered = readRegistered(map)
  if (registered !== null) return { kind: 'registered', operation: { ...common, ...registered }, sequence: place }
  const said = readSaid(topic, map)
  if (said === null) return { kind: 'unreadable' }
  return { kind: 'said', operation: { ...common, ...said }, sequence: place, canonical: canonicalJson(map) }
}

/** How a new coordinator says so, to all. */
export function electedPublication(codec: Codec, coordinator: string, { atMs, clock }: Stamp): Publication {
  const data = mapOf({ coordinator, timestamp: atMs / 1_000, clock })
  return { topic: courseTopics.servers, payload: encode(codec, mapOf({ service: 'election', data })) }
}

function operationMap(operation: ReplicaOperation): Fields {
  const { kind, atMs, clock, origin } = operation
  const stamp = { timestamp: atMs / 1_000, clock, origin }
  if (kind === 'channel') return mapOf({ type: kind, channel: operation.channel, ...stamp })
  return kind === 'login' ? mapOf({ type: kind, user: operation.user, ...stamp }) : saidMap({ ...operation, kind })
}

function readElected(map: Fields): Heard {
  const data = fieldsOf(map.get('data'))
  const coordinator = textOf(data?.get('coordinator')) ?? ''
  if (data === null || coordinator === '' || map.get('service') !== 'election') return { kind: 'unreadable' }
  return { kind: 'elected', coordinator, clock: readStamp(data).clock }
}

function readRegistered(map: Fields): { kind: 'channel'; channel: string } | { kind: 'login'; user: string } | null {
  const channel = textOf(map.get('channel')) ?? ''
  const user = textOf(map.get('user')) ?? ''
  if (map.get('type') === 'channel' && channel !== '') return { kind: 'channel', channel }
  return map.get('type') === 'login' && user !== '' ? { kind: 'login', user } : null
}

/** Other programs leave out what the topic says already, and have other names for the sender. */
function readSaid(
  topic: string,
  map: Fields,
): { kind: 'publish' | 'message'; from: string; to: string; text: string } | null {
  const text = textOf(map.get('message'))
  const from = ['user', 'src', 'from'].map((field) => textOf(map.get(field)) ?? '').find((name) => name !== '')
  const channel = textOf(map.get('channel')) ?? ''
  const receiver = textOf(map.get('dst')) ?? ''
  const kind = map.get('type') === 'message' || (receiver !== '' && channel === '') ? 'message' : 'publish'
  const named = kind === 'message' ? receiver : channel
  const to = named === '' && topic !== courseTopics.replica ? topic : named
  return text === null || from === undefined || to === '' ? null : { kind, from, to, text }
}
