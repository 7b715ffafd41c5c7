import { type PeerId, peerId } from '#kit/ids'
import type { TextContent, TextMessage } from '#kit/ring-text'

/** A reference peer takes no more than this of a connection for the message. */
const textBytesMax = 1024
const userCharsMax = 100
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const encoder = new TextEncoder()

/** null: no message. Whatever is no word of the ring is something that a person said. */
export function readTextMessage(line: string): TextMessage | null {
  if (encoder.encode(line).length > textBytesMax) return null
  const [uuid = '', user, said, ...more] = line.split('|')
  if (!uuidPattern.test(uuid) || user === undefined || said === undefined || more.length > 0) return null
  if (user.length > userCharsMax) return null
  const content = readContent(said)
  return content === null ? null : { uuid, user, content }
}

/** null: it cannot be said in this form. What people say is fitted before. */
export function writeTextMessage({ uuid, user, content }: TextMessage): string | null {
  const said = contentText(content)
  if (user.includes('|') || said.includes('|')) return null
  const line = `${uuid}|${user}|${said}`
  return encoder.encode(line).length > textBytesMax ? null : line
}

/** null: a word of the ring that is broken. */
function readContent(said: string): TextContent | null {
  const [word, ...rest] = said.split('>>')
  switch (word) {
    case '@HEARTBEAT':
      return one(rest, (leader) => ({ kind: 'heartbeat', leader }))
    case '@LIDER':
      return rest.at(-1) === 'ELECTED'
        ? one(rest.slice(0, -1), (leader) => ({ kind: 'elected', leader }))
        : one(rest, (initiator) => ({ kind: 'token', initiator }))
    case '@LIST_BUILD':
      return listBuild(rest)
    case '@LIST_UPDATE':
      return listUpdate(rest)
    case '@EXIT':
      return exit(rest)
    case '@RECONNECT':
      return reconnect(rest)
    case '@LEADER_EXIT':
      return leaderExit(rest)
    default:
      return { kind: 'chat', text: said }
  }
}

function one(parts: readonly string[], content: (id: PeerId) => TextContent): TextContent | null {
  const [id] = idsOf(parts, 1)
  return id === undefined ? null : content(id)
}

function listBuild([first = '', list = '', ...more]: readonly string[]): TextContent | null {
  const initiator = peerId(first)
  const ids = listOf(list)
  return initiator === null || ids === null || more.length > 0 ? null : { kind: 'list-build', initiator, ids }
}

function listUpdate([list = '', ...more]: readonly string[]): TextContent | null {
  const ids = listOf(list)
  return ids === null || more.length > 0 ? null : { kind: 'list-update', ids }
}

function exit(parts: readonly string[]): TextContent | null {
  const [leaving, predecessor, successor] = idsOf(parts, 3)
  if (leaving === undefined || predecessor === undefined || successor === undefined) return null
  return { kind: 'exit', leaving, predecessor, successor }
}

function reconnect(parts: readonly string[]): TextContent | null {
  const [target, next] = idsOf(parts, 2)
  return target === undefined || next === undefined ? null : { kind: 'reconnect', target, next }
}

function leaderExit(parts: readonly string[]): TextContent | null {
  const [leader, predecessor, successor] = idsOf(parts, 3)
  if (leader === undefined || predecessor === undefined || successor === undefined) return null
  return { kind: 'leader-exit', leader, predecessor, successor }
}

/** Empty unless there are just so many, all of them ids. */
function idsOf(parts: readonly string[], count: number): readonly PeerId[] {
  const ids = parts.map(peerId).filter((id) => id !== null)
  return parts.length === count && ids.length === count ? ids : []
}

/** null: it is empty, or holds what is no id, or one twice: no ring has a member twice. */
function listOf(text: string): readonly PeerId[] | null {
  const parts = text.split(',')
  const ids = idsOf(parts, parts.length)
  return ids.length > 0 && new Set(ids).size === ids.length ? ids : null
}

function contentText(content: TextContent): string {
  switch (content.kind) {
    case 'chat':
      return content.text
    case 'heartbeat':
      return `@HEARTBEAT>>${content.leader}`
    case 'token':
      return `@LIDER>>${content.initiator}`
    case 'elected':
      return `@LIDER>>${content.leader}>>ELECTED`
    case 'list-build':
      return `@LIST_BUILD>>${content.initiator}>>${content.ids.join(',')}`
    case 'list-update':
      return `@LIST_UPDATE>>${content.ids.join(',')}`
    case 'exit':
      return `@EXIT>>${content.leaving}>>${content.predecessor}>>${content.successor}`
    case 'reconnect':
      return `@RECONNECT>>${content.target}>>${content.next}`
    case 'leader-exit':
      return `@LEADER_EXIT>>${content.leader}>>${content.predecessor}>>${content.successor}`
  }
}
