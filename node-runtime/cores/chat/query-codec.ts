import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import {
  readId,
  readOptionalNumber,
  readOptionalText,
  writeId,
  writeOptionalNumber,
  writeOptionalText,
} from './codec-parts.ts'
import type { ChatQuery } from './messages.ts'

/** The place in the list is what stands on the wire; only ever added to at the end. */
const kinds = [
  'user',
  'users',
  'channels',
  'conversation',
  'conversations',
  'members',
  'history',
  'events',
  'message',
  'log-ins',
  'locks',
  'status',
  'token-keys',
] as const satisfies readonly ChatQuery['kind'][]

export function encodeChatQuery(query: ChatQuery): Uint8Array {
  const writer = new ByteWriter(96).byte(kinds.indexOf(query.kind))
  switch (query.kind) {
    case 'user':
      return writer.text(query.user).done()
    case 'users':
    case 'channels':
    case 'locks':
      return writeOptionalText(writer, query.after).number(query.limit).done()
    case 'conversation':
      return writeOptionalText(writer, query.as).text(query.conversation).done()
    case 'conversations':
      return writeOptionalText(writer.text(query.as), query.after).number(query.limit).done()
    case 'members':
      writeOptionalText(writeOptionalText(writer, query.as).text(query.conversation), query.after)
      return writer.number(query.limit).done()
    case 'history':
      writeOptionalText(writer, query.as).text(query.conversation).number(query.from)
      return writer
        .byte(query.order === 'up' ? 1 : 0)
        .number(query.limit)
        .done()
    case 'events':
      return writeOptionalText(writer, query.as).text(query.feed).number(query.after).number(query.limit).done()
    case 'message':
      return writeId(writeOptionalText(writer, query.as), query.message).done()
    case 'log-ins':
      return writeOptionalNumber(writer, query.before).number(query.limit).done()
    case 'status':
    case 'token-keys':
      return writer.done()
    default:
      return unreachable(query)
  }
}

/** null: no query of ours. */
export function decodeChatQuery(bytes: Uint8Array): ChatQuery | null {
  const reader = new ByteReader(bytes)
  const kind = kinds[reader.byte()]
  const query = kind === undefined ? null : readQuery(reader, kind)
  return reader.isDone ? query : null
}

function readQuery(reader: ByteReader, kind: ChatQuery['kind']): ChatQuery {
  switch (kind) {
    case 'user':
      return { kind, user: reader.text() }
    case 'users':
    case 'channels':
    case 'locks':
      return { kind, after: readOptionalText(reader), limit: reader.count() }
    case 'conversation':
      return { kind, as: readOptionalText(reader), conversation: reader.text() }
    case 'conversations':
      return { kind, as: reader.text(), after: readOptionalText(reader), limit: reader.count() }
    case 'members': {
      const [as, conversation] = [readOptionalText(reader), reader.text()]
      return { kind, as, conversation, after: readOptionalText(reader), limit: reader.count() }
    }
    case 'history': {
      const [as, conversation, from] = [readOptionalText(reader), reader.text(), reader.count()]
      return { kind, as, conversation, from, order: reader.boolean() ? 'up' : 'down', limit: reader.count() }
    }
    case 'events': {
      const [as, feed] = [readOptionalText(reader), reader.text()]
      return { kind, as, feed, after: reader.count(), limit: reader.count() }
    }
    case 'message':
      return { kind, as: readOptionalText(reader), message: readId(reader) }
    case 'log-ins':
      return { kind, before: readOptionalNumber(reader), limit: reader.count() }
    case 'status':
    case 'token-keys':
      return { kind }
    default:
      return unreachable(kind)
  }
}
