import { ChatProxy } from './chat/proxy/proxy.ts'
import type { RoleStart } from './role.ts'

/** Where everything is published: a forwarder for our own and one for each layout that programs know. */
export const startChatProxy: RoleStart = (plan, ports) => new ChatProxy(plan, ports)
