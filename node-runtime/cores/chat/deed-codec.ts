import { unreachable } from '#kit/assert'
import type { ByteReader, ByteWriter } from '#kit/bytes'
import {
  doors,
  readId,
  readList,
  readOptionalId,
  readOptionalNumber,
  readOptionalText,
  writeFlag,
  writeId,
  writeList,
  writeOptionalId,
  writeOptionalNumber,
  writeOptionalText,
} from './codec-parts.ts'
import type { Deed, Destination, What } from './messages.ts'

/** The place in a list is what stands on the wire; only ever added to at the end. */
const kinds = [
  'say',
  'sign-up',
  'log-in',
  'set-password',
  'sign-out-everywhere',
  'create-channel',
  'create-group',
  'begin-direct',
  'join',
  'leave',
  'invite',
  'edit',
  'delete',
  'react',
  'read',
  'ask-lock',
  'keep-lock',
  'give-lock',
  'expire-locks',
  'token-key',
] as const satisfies readonly What['kind'][]
const places = new Map<What['kind'], number>(kinds.map((kind, place) => [kind, place]))
const destinations = ['conversation', 'channel', 'user'] as const satisfies readonly Destination['kind'][]

export function writeDeed(writer: ByteWriter, { id, actor, what }: Deed): ByteWriter {
  writeOptionalText(writeId(writer, id), actor).byte(places.get(what.kind) ?? 0)
  return writeWhat(writer, what)
}

/** null: no deed. A deed is believed only if the reader is sound at the end of the record. */
export function readDeed(reader: ByteReader): Deed | null {
  const id = readId(reader)
  const actor = readOptionalText(reader)
  const kind = kinds[reader.byte()]
  const what = kind === undefined ? null : readWhat(reader, kind)
  return what === null ? null : { id, actor, what }
}

function writeWhat(writer: ByteWriter, what: What): ByteWriter {
  switch (what.kind) {
    case 'say':
      return writeSay(writer, what)
    case 'sign-up':
      return writeFlag(writeOptionalText(writer.text(what.user), what.password), what.isBot)
    case 'log-in':
      return writer.text(what.user).byte(doors.indexOf(what.through))
    case 'set-password':
      return writer.text(what.password)
    case 'sign-out-everywhere':
    case 'expire-locks':
      return writer
    case 'create-channel':
      return writeOptionalNumber(writeFlag(writer.text(what.name).text(what.title), what.isPrivate), what.fence)
    case 'create-group':
      return writeList(writer, what.users, (to, user) => to.text(user))
    case 'begin-direct':
      return writer.text(what.user)
    case 'join':
      return writer.text(what.channel)
    case 'leave':
      return writer.text(what.conversation)
    case 'invite':
      return writer.text(what.conversation).text(what.user)
    case 'edit':
      return writeId(writer, what.message).text(what.text)
    case 'delete':
      return writeId(writer, what.message)
    case 'react':
      return writeFlag(writeId(writer, what.message).text(what.emoji), what.isOn)
    case 'read':
      return writeList(writer, what.upTo, (to, { conversation, number }) => to.text(conversation).number(number))
    case 'ask-lock':
      return writer.text(what.lock).text(what.holder)
    case 'keep-lock':
    case 'give-lock':
      return writer.text(what.lock).text(what.holder).number(what.fence)
    case 'token-key':
      return writer.bytes(what.key)
    default:
      return unreachable(what)
  }
}

function writeSay(writer: ByteWriter, { to, text, replyTo, through }: Extract<What, { kind: 'say' }>): ByteWriter {
  writer.byte(destinations.indexOf(to.kind)).text(to.kind === 'conversation' ? to.conversation : to.name)
  return writeOptionalId(writer.byte(doors.indexOf(through)), replyTo).text(text)
}

function readWhat(reader: ByteReader, kind: What['kind']): What | null {
  switch (kind) {
    case 'say':
      return readSay(reader)
    case 'sign-up':
      return { kind, user: reader.text(), password: readOptionalText(reader), isBot: reader.boolean() }
    case 'log-in':
      return readLogIn(reader)
    case 'set-password':
      return { kind, password: reader.text() }
    case 'sign-out-everywhere':
    case 'expire-locks':
      return { kind }
    case 'create-channel': {
      const [name, title] = [reader.text(), reader.text()]
      return { kind, name, title, isPrivate: reader.boolean(), fence: readOptionalNumber(reader) }
    }
    case 'create-group':
      return { kind, users: readList(reader, (from) => from.text()) }
    case 'begin-direct':
      return { kind, user: reader.text() }
    case 'join':
      return { kind, channel: reader.text() }
    case 'leave':
      return { kind, conversation: reader.text() }
    case 'invite':
      return { kind, conversation: reader.text(), user: reader.text() }
    case 'edit':
      return { kind, message: readId(reader), text: reader.text() }
    case 'delete':
      return { kind, message: readId(reader) }
    case 'react':
      return { kind, message: readId(reader), emoji: reader.text(), isOn: reader.boolean() }
    case 'read':
      return { kind, upTo: readList(reader, (from) => ({ conversation: from.text(), number: from.count() })) }
    case 'ask-lock':
      return { kind, lock: reader.text(), holder: reader.text() }
    case 'keep-lock':
    case 'give-lock':
      return { kind, lock: reader.text(), holder: reader.text(), fence: reader.count() }
    case 'token-key':
      return { kind, key: reader.bytes() }
    default:
      return unreachable(kind)
  }
}

function readSay(reader: ByteReader): What | null {
  const kind = destinations[reader.byte()]
  const whom = reader.text()
  const through = doors[reader.byte()]
  const replyTo = readOptionalId(reader)
  const text = reader.text()
  if (kind === undefined || through === undefined) return null
  const to: Destination = kind === 'conversation' ? { kind, conversation: whom } : { kind, name: whom }
  return { kind: 'say', to, text, replyTo, through }
}

function readLogIn(reader: ByteReader): What | null {
  const user = reader.text()
  const through = doors[reader.byte()]
  return through === undefined ? null : { kind: 'log-in', user, through }
}
