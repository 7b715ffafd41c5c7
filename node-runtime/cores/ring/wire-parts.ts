import { unreachable } from '#kit/assert'
import type { ByteReader, ByteWriter } from '#kit/bytes'
import { isLifeId, isPeerId, isUuid } from './ids.ts'
import { ringLimits } from './limits.ts'
import type {
  LifeId,
  Marks,
  Member,
  PeerId,
  RingRecord,
  RingStamp,
  RingView,
  TextContent,
  TextMessage,
} from './messages.ts'

/** Each reader here gives null for what is not to be believed; that the reader is sound is asked once, at the end. */

export function readPeer(reader: ByteReader): PeerId | null {
  const text = reader.text()
  return isPeerId(text) ? text : null
}

export function readLife(reader: ByteReader): LifeId | null {
  const text = reader.text()
  return isLifeId(text) ? text : null
}

export function writeMaybe(writer: ByteWriter, text: string | null): void {
  writer.text(text ?? '')
}

/** undefined: neither a life nor none. */
export function readMaybeLife(reader: ByteReader): LifeId | null | undefined {
  const text = reader.text()
  return text === '' ? null : isLifeId(text) ? text : undefined
}

export function writeList<T>(
  writer: ByteWriter,
  items: readonly T[],
  write: (writer: ByteWriter, item: T) => void,
): void {
  writer.uint32(items.length)
  for (const item of items) write(writer, item)
}

export function readList<T>(
  reader: ByteReader,
  max: number,
  read: (reader: ByteReader) => T | null,
): readonly T[] | null {
  const length = reader.uint32()
  if (length > max) return null
  const items: T[] = []
  for (let index = 0; index < length; index += 1) {
    const item = read(reader)
    if (item === null || !reader.isSound) return null
    items.push(item)
  }
  return items
}

export function readTerm(reader: ByteReader): number | null {
  const term = reader.count()
  return term <= ringLimits.termMax ? term : null
}

/** What a reference peer leads has no order that own peers could agree on, so nobody says it. */
export function writeStamp(writer: ByteWriter, { term, leader, life, version }: RingStamp): void {
  writer
    .number(term)
    .text(leader)
    .text(life ?? '')
    .number(version)
}

export function readStamp(reader: ByteReader): (RingStamp & { readonly life: LifeId }) | null {
  const term = readTerm(reader)
  const leader = readPeer(reader)
  const life = readLife(reader)
  const version = reader.count()
  return term === null || leader === null || life === null ? null : { term, leader, life, version }
}

export function writeMember(writer: ByteWriter, { id, life, name }: Member): void {
  // Who has a life is an own peer, and only such have one.
  writer.text(id)
  writeMaybe(writer, life)
  writer.text(name)
}

export function readMember(reader: ByteReader): Member | null {
  const id = readPeer(reader)
  const life = readMaybeLife(reader)
  const name = reader.text()
  if (id === null || life === undefined || name.length > ringLimits.nameCharsMax) return null
  return { id, kind: life === null ? 'reference' : 'own', life, name }
}

export function writeMembers(writer: ByteWriter, members: readonly Member[]): void {
  writeList(writer, members, writeMember)
}

/** Nobody stands in it twice. */
export function readMembers(reader: ByteReader): readonly Member[] | null {
  const members = readList(reader, ringLimits.membersMax, readMember)
  return members === null || new Set(members.map(({ id }) => id)).size !== members.length ? null : members
}

export function writeView(writer: ByteWriter, view: RingView): void {
  writeStamp(writer, view)
  writeMembers(writer, view.members)
}

/** Its leader is the first in it, in that very life. */
export function readView(reader: ByteReader): RingView | null {
  const stamp = readStamp(reader)
  const members = readMembers(reader)
  const first = members?.[0]
  if (stamp === null || !members || first?.id !== stamp.leader || first.life !== stamp.life) return null
  return { ...stamp, members }
}

export function writeRecord(writer: ByteWriter, record: RingRecord): void {
  const { origin, sequence, stamp, peer, uuid, source, author, text, atMs } = record
  writer.text(origin).number(sequence).number(stamp).text(peer).text(uuid)
  writer
    .byte(source === 'own' ? 1 : 0)
    .text(author)
    .text(text)
    .number(atMs)
}

export function readRecord(reader: ByteReader): RingRecord | null {
  const origin = readLife(reader)
  const sequence = reader.count()
  const stamp = reader.count()
  const peer = readPeer(reader)
  const uuid = reader.text()
  const source = reader.boolean() ? 'own' : 'reference'
  const author = reader.text()
  const text = reader.text()
  const atMs = reader.number()
  if (origin === null || peer === null || sequence < 1 || !isUuid(uuid) || !Number.isFinite(atMs)) return null
  if (author.length > ringLimits.nameCharsMax || text.length > ringLimits.textCharsMax) return null
  return { origin, sequence, stamp, peer, uuid, source, author, text, atMs }
}

export function writeMarks(writer: ByteWriter, marks: Marks): void {
  writeList(writer, marks, (to, { origin, from, upTo }) => to.text(origin).number(from).number(upTo))
}

/** The ranges of each origin rise and leave something between them. */
export function readMarks(reader: ByteReader): Marks | null {
  const ends = new Map<LifeId, number>()
  return readList(reader, ringLimits.marksMax, (input) => {
    const origin = readLife(input)
    const from = input.count()
    const upTo = input.count()
    if (origin === null || upTo < from || from <= (ends.get(origin) ?? -1) + 1) return null
    ends.set(origin, upTo)
    return { origin, from, upTo }
  })
}

const textKinds = [
  'chat',
  'heartbeat',
  'token',
  'elected',
  'list-build',
  'list-update',
  'exit',
  'reconnect',
  'leader-exit',
] as const satisfies readonly TextContent['kind'][]

export function writeText(writer: ByteWriter, { uuid, user, content }: TextMessage): void {
  writer.text(uuid).text(user).byte(textKinds.indexOf(content.kind))
  if (content.kind === 'chat') writer.text(content.text)
  else writeList(writer, idsOf(content), (to, id) => to.text(id))
}

export function readText(reader: ByteReader): TextMessage | null {
  const uuid = reader.text()
  const user = reader.text()
  const kind = textKinds[reader.byte()]
  if (!isUuid(uuid) || user.length > ringLimits.textCharsMax || kind === undefined) return null
  if (kind === 'chat') {
    const text = reader.text()
    return text.length > ringLimits.textCharsMax ? null : { uuid, user, content: { kind, text } }
  }
  const ids = readList(reader, ringLimits.membersMax + 1, readPeer)
  const content = ids === null ? null : contentOf(kind, ids)
  return content === null ? null : { uuid, user, content }
}

type Control = Exclude<TextContent, { kind: 'chat' }>

function idsOf(content: Control): readonly PeerId[] {
  switch (content.kind) {
    case 'heartbeat':
    case 'elected':
      return [content.leader]
    case 'token':
      return [content.initiator]
    case 'list-build':
      return [content.initiator, ...content.ids]
    case 'list-update':
      return content.ids
    case 'exit':
      return [content.leaving, content.predecessor, content.successor]
    case 'reconnect':
      return [content.target, content.next]
    case 'leader-exit':
      return [content.leader, content.predecessor, content.successor]
    default:
      return unreachable(content)
  }
}

function contentOf(kind: Control['kind'], ids: readonly PeerId[]): Control | null {
  if (kind === 'list-update') return { kind, ids }
  const [first, second, third] = ids
  if (first === undefined) return null
  if (kind === 'list-build') return { kind, initiator: first, ids: ids.slice(1) }
  switch (kind) {
    case 'heartbeat':
    case 'elected':
      return ids.length === 1 ? { kind, leader: first } : null
    case 'token':
      return ids.length === 1 ? { kind, initiator: first } : null
    case 'reconnect':
      return second === undefined || ids.length > 2 ? null : { kind, target: first, next: second }
    default:
      break
  }
  if (second === undefined || third === undefined || ids.length > 3) return null
  return kind === 'exit'
    ? { kind, leaving: first, predecessor: second, successor: third }
    : { kind, leader: first, predecessor: second, successor: third }
}
