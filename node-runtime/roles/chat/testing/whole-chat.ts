import type { ChatProfile } from '#contract/worker/chat'
import { type NodeId, nodeId } from '#kit/ids'
import { startChatBot } from '../../chat-bot.ts'
import { startChatBroker } from '../../chat-broker.ts'
import { startChatProxy } from '../../chat-proxy.ts'
import { startChatReference } from '../../chat-reference.ts'
import { startChatServer } from '../../chat-server.ts'
import type { RoleStart } from '../../role.ts'
import { exportedBy } from './exported.ts'
import { broker, PlainChat, proxy, reference, servers } from './plain-chat.ts'

export const bot = nodeId('chat-bot-1')

/** All nodes of a chat, each in its own role. */
export function wholeChat(more: Readonly<Record<string, RoleStart>> = {}, profile: ChatProfile = 'leader'): PlainChat {
  const middle = { [broker]: startChatBroker, [proxy]: startChatProxy, [reference]: startChatReference }
  const own = Object.fromEntries(servers.map((id) => [id, startChatServer]))
  return new PlainChat({ ...middle, [bot]: startChatBot, ...own, ...more }, profile)
}

export function leaderOf(chat: PlainChat): NodeId | null {
  return servers.find((id) => chat.leads(id)) ?? null
}

/** What was said in channels, as one server keeps it: its file of publications. */
export function textsAt(chat: PlainChat, server: NodeId): readonly string[] {
  const [publications] = exportedBy((request) => chat.request(server, request))
  const lines = (publications?.text ?? '').split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line).message)
}

export function areTheSame(chat: PlainChat): boolean {
  return new Set(servers.map((id) => textsAt(chat, id).join('\n'))).size === 1
}
