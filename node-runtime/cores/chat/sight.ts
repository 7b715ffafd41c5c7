import type { StateView } from '#kit/state-machine'
import type { ConversationId } from './messages.ts'
import { type ConversationRecord, decodeConversation, decodeUser, memberKey, spaces, type UserRecord } from './rows.ts'

/** null: there is none, or none that this user may see. */
export function conversationFor(state: StateView, as: string | null, id: ConversationId): ConversationRecord | null {
  const row = state.get(spaces.conversations, id)
  if (row === null) return null
  const record = decodeConversation(row)
  if (as === null || !record.isPrivate) return record
  return state.get(spaces.members, memberKey(record, as)) === null ? null : record
}

export function readUserRecord(state: StateView, name: string): UserRecord | null {
  const row = state.get(spaces.users, name)
  return row === null ? null : decodeUser(row)
}
