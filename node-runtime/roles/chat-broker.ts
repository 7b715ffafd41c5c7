import { ChatBroker } from './chat/broker/broker.ts'
import type { RoleStart } from './role.ts'

/** Where programs and desks ask: it finds the server that answers, and asks the next one when that one is gone. */
export const startChatBroker: RoleStart = (plan, ports) => new ChatBroker(plan, ports)
