import type { Chat, Told } from '../chat.ts'
import { besideOf, readEventRow } from '../event-rows.ts'
import { chatLimits } from '../limits.ts'
import type { Deed, ReadPosition } from '../messages.ts'
import { memberKey } from '../rows.ts'
import { type ActBy, type ActOutcome, done } from './outcome.ts'

/** Never back, and no further than there is something. What the user is not in, or not any more, is passed over. */
export function read({ chat, deed, what, actor }: ActBy<'read'>): ActOutcome {
  if (what.upTo.length > chatLimits.readPositionsPerDeedMax) return 'too-many'
  let told: Told | null = null
  for (const position of what.upTo) told = advance(chat, deed, { actor, position }) ?? told
  return done(told)
}

function advance(
  chat: Chat,
  deed: Deed,
  who: { readonly actor: string; readonly position: ReadPosition },
): Told | null {
  const { actor, position } = who
  const conversation = chat.conversations.get(position.conversation)
  const member = conversation === null ? null : chat.member(conversation, actor)
  if (conversation === null || member === null) return null
  const readNumber = Math.min(position.number, conversation.lastNumber)
  if (readNumber <= member.readNumber) return null
  const row = readEventRow(chat.state, conversation.feed, readNumber)
  const readOrdinal = row === null ? member.readOrdinal : besideOf(row).ordinal
  const mentionedIn = member.mentionedIn.filter((number) => number > readNumber)
  chat.members.set(memberKey(conversation, actor), { readNumber, readOrdinal, mentionedIn })
  return chat.tellUser(actor, deed, { kind: 'read', upTo: { conversation: conversation.id, number: readNumber } })
}
