import { ChatBot } from './chat/bot/bot.ts'
import type { RoleStart } from './role.ts'

/** Somebody who talks all day, as a program of the course. */
export const startChatBot: RoleStart = (plan, ports) => new ChatBot(plan, ports)
