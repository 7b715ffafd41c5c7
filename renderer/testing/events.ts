import type { RecordedEvent } from '#contract/window/recording'
import type { Leadership, RoleChangeWhy, TraceWhat } from '#contract/worker/trace'
import type { MessageId } from '#kit/ids'
import { id, nowMs } from './cards.ts'

export function eventOf(position: number, node: string | null, what: TraceWhat): RecordedEvent {
  const wallMs = nowMs + position * 10
  return { position, sequence: position, node: node === null ? null : id(node), lamport: 0, wallMs, cause: null, what }
}

interface Turn {
  readonly to: Leadership
  readonly term: number
  readonly why: RoleChangeWhy
  readonly leader?: string
  readonly silentMs?: number
}

export function turned(position: number, node: string, { to, term, why, leader, silentMs }: Turn): RecordedEvent {
  const about = { leader: leader === undefined ? null : id(leader), silentMs: silentMs ?? null }
  return eventOf(position, node, { kind: 'role-changed', from: 'follower', to, term, why, ...about })
}

export function voted(
  position: number,
  node: string,
  choice: { readonly for: string; readonly term: number },
): RecordedEvent {
  return eventOf(position, node, { kind: 'voted', for: id(choice.for), term: choice.term })
}

export function received(position: number, node: string, from: string): RecordedEvent {
  const message = `${from}:${position}` as MessageId
  return eventOf(position, node, { kind: 'received', from: id(from), message, messageKind: 'heartbeat', bytes: 42 })
}
