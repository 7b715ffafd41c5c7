import type { Chat, Told } from '../chat.ts'
import type { ChatRefusal, Deed, What } from '../messages.ts'

/** What became of a deed. A refusal has changed nothing. */
export type ActOutcome = ChatRefusal | Done

export interface Done {
  readonly told: Told | null
  readonly fence: number | null
}

/** A deed of one kind, with what it wants; who does it is there. */
export interface Act<Kind extends What['kind']> {
  readonly chat: Chat
  readonly deed: Deed
  readonly what: Extract<What, { kind: Kind }>
}

/** The same by somebody. */
export interface ActBy<Kind extends What['kind']> extends Act<Kind> {
  readonly actor: string
}

export function done(told: Told | null, fence: number | null = null): Done {
  return { told, fence }
}
