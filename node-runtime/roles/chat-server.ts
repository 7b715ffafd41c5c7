import { chatMachine } from '#cores/chat/index'
import { startEveryoneServer } from './chat/everyone/everyone-server.ts'
import { ChatServer } from './chat/server/peer.ts'
import { systemPeer } from './replicated-peer.ts'
import type { RoleStart } from './role.ts'

/** A server whose log keeps the chat; the leader answers, and the broker brings whoever asks. */
const startLeaderServer = systemPeer(() => ({ machine: chatMachine(), serve: (member) => new ChatServer(member) }))

/** A server of the chat, in the profile that is chosen for all of them. */
export const startChatServer: RoleStart = (plan, ports) => {
  const start = plan.chat?.profile === 'everyone' ? startEveryoneServer : startLeaderServer
  return start(plan, ports)
}
