import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { isUuid } from './ids.ts'
import { ringLimits } from './limits.ts'
import type { LifeId, RingMessage, RingShout, RingStamp } from './messages.ts'
import {
  readLife,
  readList,
  readMarks,
  readMaybeLife,
  readMembers,
  readPeer,
  readRecord,
  readStamp,
  readTerm,
  readText,
  readView,
  writeList,
  writeMarks,
  writeMaybe,
  writeMembers,
  writeRecord,
  writeStamp,
  writeText,
  writeView,
} from './wire-parts.ts'

/** A message, and which life of its sender says it: the same address in another life is another peer. */
export interface RingWords {
  readonly life: LifeId
  readonly message: RingMessage
}

export const ringKinds = [
  'ping',
  'pong',
  'probe',
  'probed',
  'join',
  'leave',
  'lost',
  'ring',
  'beat',
  'token',
  'merge',
  'invite',
  'records',
  'have',
  'text',
] as const satisfies readonly RingMessage['kind'][]

/** Kind (1 byte), the sender's life, and what the kind brings with it. */
export function encodeRingMessage(life: LifeId, message: RingMessage): Uint8Array {
  const writer = new ByteWriter(128)
  writer.byte(ringKinds.indexOf(message.kind)).text(life)
  write(writer, message)
  return writer.done()
}

/** What a peer sent, or null if it is no message. */
export function decodeRingMessage(bytes: Uint8Array): RingWords | null {
  const reader = new ByteReader(bytes)
  const kind = ringKinds[reader.byte()]
  const life = readLife(reader)
  if (kind === undefined || life === null) return null
  const message = read(reader, kind)
  return message === null || !reader.isDone ? null : { life, message }
}

export function encodeRingShout(shout: RingShout): Uint8Array {
  const writer = new ByteWriter(96)
  if (shout.kind === 'seek') return writer.byte(0).text(shout.id).text(shout.life).done()
  writer.byte(1)
  writeStamp(writer, shout.ring)
  return writer.uint32(shout.size).done()
}

export function decodeRingShout(bytes: Uint8Array): RingShout | null {
  const reader = new ByteReader(bytes)
  const kind = reader.byte()
  const shout = kind === 0 ? readSeek(reader) : kind === 1 ? readBeacon(reader) : null
  return reader.isDone ? shout : null
}

function readSeek(reader: ByteReader): RingShout | null {
  const id = readPeer(reader)
  const life = readLife(reader)
  return id === null || life === null ? null : { kind: 'seek', id, life }
}

function readBeacon(reader: ByteReader): RingShout | null {
  const ring = readStamp(reader)
  const size = reader.uint32()
  return ring === null || size < 1 || size > ringLimits.membersMax ? null : { kind: 'beacon', ring, size }
}

function write(writer: ByteWriter, message: RingMessage): void {
  switch (message.kind) {
    case 'ping':
    case 'pong':
      return writeMaybeStamp(writer.number(message.number), message.ring)
    case 'probe':
      writer.number(message.number).text(message.target)
      return writeMaybe(writer, message.life)
    case 'probed':
      return void flag(writer.number(message.number).text(message.target), message.isAlive)
    case 'join':
      return writeMaybeStamp(writer.text(message.name), message.latest)
    case 'leave':
      return
    case 'lost':
      writer.text(message.peer)
      return writeMaybe(writer, message.life)
    case 'ring':
    case 'merge':
      return writeView(writer, message.view)
    case 'beat':
      writeStamp(writer, message.ring)
      return void writer.number(message.number).text(message.uuid)
    case 'token':
      flag(writer.number(message.term), message.isAsked)
      return writeMembers(writer, message.path)
    case 'invite':
      return writeStamp(writer, message.ring)
    case 'records':
      flag(flag(writer, message.isRound), message.hasMore)
      return writeList(writer, message.records, writeRecord)
    case 'have':
      flag(flag(flag(writer, message.isFromFirst), message.isToLast), message.isAnswer)
      return writeMarks(writer, message.marks)
    case 'text':
      return writeText(writer, message.word)
    default:
      return unreachable(message)
  }
}

function read(reader: ByteReader, kind: RingMessage['kind']): RingMessage | null {
  switch (kind) {
    case 'ping':
    case 'pong':
      return readPing(reader, kind)
    case 'probe':
      return readProbe(reader)
    case 'probed':
      return readProbed(reader)
    case 'join':
      return readJoin(reader)
    case 'leave':
      return { kind }
    case 'lost':
      return readLost(reader)
    case 'ring':
    case 'merge': {
      const view = readView(reader)
      return view === null ? null : { kind, view }
    }
    case 'beat':
      return readBeat(reader)
    case 'token':
      return readToken(reader)
    case 'invite': {
      const ring = readStamp(reader)
      return ring === null ? null : { kind, ring }
    }
    case 'records':
      return readRecords(reader)
    case 'have':
      return readHave(reader)
    case 'text': {
      const word = readText(reader)
      return word === null ? null : { kind, word }
    }
    default:
      return unreachable(kind)
  }
}

function readPing(reader: ByteReader, kind: 'ping' | 'pong'): RingMessage | null {
  const number = reader.count()
  const ring = readMaybeStamp(reader)
  return ring === undefined ? null : { kind, number, ring }
}

function readJoin(reader: ByteReader): RingMessage | null {
  const name = reader.text()
  const latest = readMaybeStamp(reader)
  return latest === undefined || name.length > ringLimits.nameCharsMax ? null : { kind: 'join', name, latest }
}

function readProbe(reader: ByteReader): RingMessage | null {
  const number = reader.count()
  const target = readPeer(reader)
  const life = readMaybeLife(reader)
  return target === null || life === undefined ? null : { kind: 'probe', target, life, number }
}

function readProbed(reader: ByteReader): RingMessage | null {
  const number = reader.count()
  const target = readPeer(reader)
  const isAlive = reader.boolean()
  return target === null ? null : { kind: 'probed', target, number, isAlive }
}

function readLost(reader: ByteReader): RingMessage | null {
  const peer = readPeer(reader)
  const life = readMaybeLife(reader)
  return peer === null || life === undefined ? null : { kind: 'lost', peer, life }
}

function readBeat(reader: ByteReader): RingMessage | null {
  const ring = readStamp(reader)
  const number = reader.count()
  const uuid = reader.text()
  return ring === null || !isUuid(uuid) ? null : { kind: 'beat', ring, number, uuid }
}

function readToken(reader: ByteReader): RingMessage | null {
  const term = readTerm(reader)
  const isAsked = reader.boolean()
  const path = readMembers(reader)
  return term === null || path === null || path.length === 0 ? null : { kind: 'token', term, path, isAsked }
}

function readHave(reader: ByteReader): RingMessage | null {
  const [isFromFirst, isToLast, isAnswer] = [reader.boolean(), reader.boolean(), reader.boolean()]
  const marks = readMarks(reader)
  return marks === null ? null : { kind: 'have', marks, isFromFirst, isToLast, isAnswer }
}

function readRecords(reader: ByteReader): RingMessage | null {
  const isRound = reader.boolean()
  const hasMore = reader.boolean()
  const records = readList(reader, ringLimits.recordsPerMessageMax, readRecord)
  return records === null ? null : { kind: 'records', records, isRound, hasMore }
}

function writeMaybeStamp(writer: ByteWriter, ring: RingStamp | null): void {
  flag(writer, ring !== null)
  if (ring !== null) writeStamp(writer, ring)
}

/** undefined: neither a stamp nor none. */
function readMaybeStamp(reader: ByteReader): RingStamp | null | undefined {
  return reader.boolean() ? (readStamp(reader) ?? undefined) : null
}

function flag(writer: ByteWriter, isSet: boolean): ByteWriter {
  return writer.byte(isSet ? 1 : 0)
}
