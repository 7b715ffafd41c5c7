import { ChatReference } from './chat/reference/reference.ts'
import type { RoleStart } from './role.ts'

/** The reference of the course: ranks, who is available, heartbeats and the time. */
export const startChatReference: RoleStart = (plan, ports) => new ChatReference(plan, ports)
