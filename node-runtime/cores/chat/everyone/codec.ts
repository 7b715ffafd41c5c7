import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import { doors } from '../codec-parts.ts'
import { entryLimits } from './limits.ts'
import type { Act, Entry, EveryoneMessage, Mark, Operation } from './messages.ts'
import { isLogId } from './order.ts'
import { isSound } from './soundness.ts'

/** The place in the lists is what stands on the wire and on the disk; only ever added to at the end. */
const acts = ['publish', 'message', 'channel', 'login'] as const satisfies readonly Act['kind'][]
const asked = ['nothing', 'to-give', 'to-compare'] as const
const whys = ['written', 'awaited', 'missing'] as const

export const everyoneKinds = ['have', 'entries'] as const satisfies readonly EveryoneMessage['kind'][]

export function encodeOperation(operation: Operation): Uint8Array {
  return writeOperation(new ByteWriter(128), operation).done()
}

/** null: no operation. */
export function decodeOperation(bytes: Uint8Array): Operation | null {
  const reader = new ByteReader(bytes)
  const operation = readOperation(reader)
  return reader.isDone ? operation : null
}

export function encodeEveryone(message: EveryoneMessage): Uint8Array {
  const writer = new ByteWriter(256).byte(everyoneKinds.indexOf(message.kind))
  switch (message.kind) {
    case 'have':
      writer.byte(asked.indexOf(message.asks)).uint32(message.marks.length)
      for (const { log, upTo } of message.marks) writer.text(log).number(upTo)
      return writer.done()
    case 'entries':
      writer.byte(whys.indexOf(message.why)).byte(message.hasMore ? 1 : 0)
      writer.uint32(message.entries.length)
      for (const { log, sequence, operation } of message.entries) {
        writeOperation(writer.text(log).number(sequence), operation)
      }
      return writer.done()
    default:
      return unreachable(message)
  }
}

/** What another server sent; null: no message. */
export function decodeEveryone(bytes: Uint8Array): EveryoneMessage | null {
  const reader = new ByteReader(bytes)
  const kind = everyoneKinds[reader.byte()]
  const message = kind === 'have' ? readHave(reader) : kind === 'entries' ? readEntries(reader) : null
  return reader.isDone ? message : null
}

function readHave(reader: ByteReader): EveryoneMessage | null {
  const asks = asked[reader.byte()]
  const length = reader.uint32()
  if (asks === undefined || length > entryLimits.marksMax) return null
  const marks: Mark[] = []
  for (let index = 0; index < length && reader.isSound; index += 1) {
    const log = reader.text()
    const upTo = reader.count()
    if (!isLogId(log)) return null
    marks.push({ log, upTo })
  }
  return { kind: 'have', marks, asks }
}

function readEntries(reader: ByteReader): EveryoneMessage | null {
  const why = whys[reader.byte()]
  const [hasMore, length] = [reader.boolean(), reader.uint32()]
  if (why === undefined || length > entryLimits.entriesMax) return null
  const entries: Entry[] = []
  for (let index = 0; index < length && reader.isSound; index += 1) {
    const log = reader.text()
    const sequence = reader.count()
    const operation = readOperation(reader)
    if (!isLogId(log) || sequence < 1 || operation === null) return null
    entries.push({ log, sequence, operation })
  }
  return { kind: 'entries', entries, why, hasMore }
}

function writeOperation(writer: ByteWriter, operation: Operation): ByteWriter {
  const { kind, id, atMs, clock, origin } = operation
  writer.byte(acts.indexOf(kind)).bytes(fromHex(id) ?? new Uint8Array(0))
  writer.number(atMs).number(clock).text(origin)
  switch (operation.kind) {
    case 'publish':
    case 'message':
      writer.byte(doors.indexOf(operation.through))
      return writer.text(operation.from).text(operation.to).text(operation.text)
    case 'channel':
      return writer.text(operation.channel)
    case 'login':
      return writer.text(operation.user)
    default:
      return unreachable(operation)
  }
}

/** null: one that no server of ours would have taken. */
function readOperation(reader: ByteReader): Operation | null {
  const kind = acts[reader.byte()]
  const id = toHex(reader.bytes())
  const stamp = { id, atMs: reader.count(), clock: reader.count(), origin: reader.text() }
  const act = kind === undefined ? null : readAct(reader, kind)
  if (act === null || !reader.isSound) return null
  const operation = { ...act, ...stamp }
  return isSound(operation) ? operation : null
}

function readAct(reader: ByteReader, kind: Act['kind']): Act | null {
  switch (kind) {
    case 'publish':
    case 'message': {
      const through = doors[reader.byte()]
      const [from, to, text] = [reader.text(), reader.text(), reader.text()]
      return through === undefined ? null : { kind, from, to, text, through }
    }
    case 'channel':
      return { kind, channel: reader.text() }
    case 'login':
      return { kind, user: reader.text() }
    default:
      return unreachable(kind)
  }
}
