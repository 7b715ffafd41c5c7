import type { Command, StateTx } from '#kit/state-machine'
import { act } from './acts/act.ts'
import { addFirstChannels } from './acts/conversations.ts'
import { encodeDone, type OutcomeBytes } from './answer-codec.ts'
import { Chat } from './chat.ts'
import { DeedLog, type DeedMemo } from './deed-rows.ts'
import { firstChannels } from './limits.ts'
import type { ChatCommand, Deed } from './messages.ts'
import { allFeedNumber, emptyHead, readHead } from './rows.ts'

/** Does one deed after the other, so that a later one finds what an earlier one of the same command did. */
export function applyCommand(
  state: StateTx,
  entry: Command,
  { command, memo }: { command: ChatCommand; memo: DeedMemo },
): Uint8Array {
  const known = readHead(state)
  const head = known ?? emptyHead
  const table = memo.at(state, head)
  memo.unsettle()
  const chat = new Chat(state, entry, { head, deeds: new DeedLog(state, head, table) })
  if (known === null) addFirstChannels(chat, beginning, firstChannels)
  const outcomes = command.deeds.map((deed) => outcomeOf(chat, deed))
  chat.head.publishedUpTo = Math.max(head.publishedUpTo, Math.min(command.publishedUpTo, head.position))
  chat.head.by = command.by
  chat.head.term = command.term
  chat.write()
  // With another seed everything lies elsewhere.
  if (chat.head.seed === head.seed) memo.advance(chat.head)
  return encodeDone(outcomes, chat.events)
}

/** The deed of nobody that made the first channels. */
const beginning: Deed = { id: '0'.repeat(32), actor: null, what: { kind: 'expire-locks' } }

function outcomeOf(chat: Chat, deed: Deed): OutcomeBytes {
  const user = deed.actor === null ? null : chat.users.get(deed.actor)
  if (deed.actor !== null && user === null) return { kind: 'refused', why: 'unknown-user' }
  const actor = user?.feed ?? nobody
  const before = chat.deeds.find(deed.id)
  if (before !== null) {
    // An id says whose deed it was: nobody learns by another's id what that other did.
    if (before.actor !== actor) return { kind: 'refused', why: 'malformed' }
    return { kind: 'done-before', event: chat.eventOf(before), fence: before.fence === 0 ? null : before.fence }
  }
  const outcome = act(chat, deed)
  if (typeof outcome === 'string') return { kind: 'refused', why: outcome }
  const { told, fence } = outcome
  if (isRemembered(deed)) {
    chat.deeds.add({ id: deed.id, actor, feed: told?.feed ?? 0, number: told?.number ?? 0, fence: fence ?? 0 })
  }
  return { kind: 'done', event: told?.place ?? null, fence }
}

/** No user's feed has this number. */
const nobody = allFeedNumber

/** Done twice, these do no more than once. */
function isRemembered({ what: { kind } }: Deed): boolean {
  return kind !== 'read' && kind !== 'expire-locks' && kind !== 'keep-lock'
}
