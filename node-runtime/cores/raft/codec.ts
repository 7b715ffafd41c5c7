import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { joinEntries, splitEntries } from './entry.ts'
import { encodeMembership, readMembership } from './membership.ts'
import type { LogEnd, RaftMessage, RaftWords, SnapshotId } from './messages.ts'

/**
 * The largest term there may be. A peer that claims more is broken or hostile; without a limit one such message would
 * lift everybody to a number that cannot be counted up any more.
 */
export const termMax = 2 ** 48

export const raftKinds = [
  'pre-vote-request',
  'pre-vote',
  'vote-request',
  'vote',
  'heartbeat',
  'heartbeat-answer',
  'commit',
  'append',
  'append-answer',
  'append-refusal',
  'snapshot-chunk',
  'snapshot-answer',
  'stand-now',
  'join',
  'disown',
] as const satisfies readonly RaftMessage['kind'][]

/** Kind (1 byte), incarnation, term, and what the kind brings with it. */
export function encodeRaftMessage(message: RaftMessage): Uint8Array {
  const writer = new ByteWriter(message.kind === 'append' ? weightOf(message.entries) : 64)
  writer.byte(raftKinds.indexOf(message.kind)).number(message.incarnation).number(message.term)
  write(writer, message)
  return writer.done()
}

/** A message as a peer sent it, or null if it is none. What is kept of it does not hold on to the memory it came in. */
export function decodeRaftMessage(bytes: Uint8Array): RaftMessage | null {
  const reader = new ByteReader(bytes)
  const kind = raftKinds[reader.byte()]
  const incarnation = reader.count()
  const term = reader.count()
  if (kind === undefined || term > termMax) return null
  const words = read(reader, kind, term)
  return words === null || !reader.isDone ? null : { ...words, incarnation }
}

function write(writer: ByteWriter, message: RaftMessage): void {
  switch (message.kind) {
    case 'pre-vote-request':
      return writeEnd(writer, message.last)
    case 'pre-vote':
      return void flag(writer, message.isGranted).number(message.voterTerm)
    case 'vote-request':
      writeEnd(writer, message.last)
      return void flag(writer, message.isHandOver)
    case 'vote':
      return void flag(writer, message.isGranted)
    case 'heartbeat':
      return void writer.number(message.round).number(message.commit)
    case 'heartbeat-answer':
      return void writer.number(message.round).number(message.lastIndex)
    case 'commit':
      return void writer.number(message.commit)
    case 'append':
      writeEnd(writer, message.previous)
      return void writer.number(message.commit).rest(joinEntries(message.entries))
    case 'append-answer':
      return void writer.number(message.matchIndex)
    case 'append-refusal':
      writer.number(message.previousIndex)
      return writeEnd(writer, message.hint)
    case 'snapshot-chunk':
      writeSnapshot(writer, message.snapshot)
      return void flag(writer.number(message.number), message.isLast).rest(message.bytes)
    case 'snapshot-answer':
      return void flag(writer.number(message.transfer), message.wanted === null).number(message.wanted ?? 0)
    case 'disown':
      return void writer.number(message.disowned)
    case 'stand-now':
    case 'join':
      return
    default:
      return unreachable(message)
  }
}

function read(reader: ByteReader, kind: RaftMessage['kind'], term: number): RaftWords | null {
  switch (kind) {
    case 'pre-vote-request':
      return { kind, term, last: readEnd(reader) }
    case 'pre-vote':
      return readPreVote(reader, term)
    case 'vote-request':
      return { kind, term, last: readEnd(reader), isHandOver: reader.boolean() }
    case 'vote':
      return { kind, term, isGranted: reader.boolean() }
    case 'heartbeat':
      return { kind, term, round: reader.count(), commit: reader.count() }
    case 'heartbeat-answer':
      return { kind, term, round: reader.count(), lastIndex: reader.count() }
    case 'commit':
      return { kind, term, commit: reader.count() }
    case 'append':
      return readAppend(reader, term)
    case 'append-answer':
      return { kind, term, matchIndex: reader.count() }
    case 'append-refusal':
      return { kind, term, previousIndex: reader.count(), hint: readEnd(reader) }
    case 'snapshot-chunk':
      return readChunk(reader, term)
    case 'snapshot-answer':
      return { kind, term, transfer: reader.count(), wanted: readWanted(reader) }
    case 'disown':
      return { kind, term, disowned: reader.count() }
    case 'stand-now':
    case 'join':
      return { kind, term }
    default:
      return unreachable(kind)
  }
}

function readPreVote(reader: ByteReader, term: number): RaftWords | null {
  const isGranted = reader.boolean()
  const voterTerm = reader.count()
  return voterTerm > termMax ? null : { kind: 'pre-vote', term, isGranted, voterTerm }
}

function readAppend(reader: ByteReader, term: number): RaftWords | null {
  const previous = readEnd(reader)
  const commit = reader.count()
  // Copied once: the entries stay in memory for a while, and must not keep a whole batch of the wire there. Not by
  // `slice`, which for Node's buffers copies nothing.
  const entries = splitEntries(new Uint8Array(reader.rest()))
  return entries === null ? null : { kind: 'append', term, previous, commit, entries }
}

function readChunk(reader: ByteReader, term: number): RaftWords | null {
  const snapshot = readSnapshot(reader)
  const number = reader.count()
  const isLast = reader.boolean()
  const bytes = reader.rest()
  return snapshot === null ? null : { kind: 'snapshot-chunk', term, snapshot, number, isLast, bytes }
}

function readWanted(reader: ByteReader): number | null {
  const isDone = reader.boolean()
  const wanted = reader.count()
  return isDone ? null : wanted
}

function writeEnd(writer: ByteWriter, { index, term }: LogEnd): void {
  writer.number(index).number(term)
}

function readEnd(reader: ByteReader): LogEnd {
  return { index: reader.count(), term: reader.count() }
}

function writeSnapshot(writer: ByteWriter, { end, membership, atMs, lamport, transfer }: SnapshotId): void {
  writeEnd(writer, end)
  writer.bytes(encodeMembership(membership)).number(atMs).number(lamport).number(transfer)
}

function readSnapshot(reader: ByteReader): SnapshotId | null {
  const end = readEnd(reader)
  const members = new ByteReader(reader.bytes())
  const membership = readMembership(members)
  const stamps = { atMs: reader.number(), lamport: reader.count(), transfer: reader.count() }
  if (membership === null || !members.isDone || !Number.isFinite(stamps.atMs)) return null
  return { end, membership, ...stamps }
}

function flag(writer: ByteWriter, isSet: boolean): ByteWriter {
  return writer.byte(isSet ? 1 : 0)
}

function weightOf(entries: readonly { readonly bytes: Uint8Array }[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes.length, 64)
}
