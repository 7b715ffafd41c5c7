import type { Chat, Told } from '../chat.ts'
import { chatLimits } from '../limits.ts'
import type { ChatRefusal, Conversation, Deed } from '../messages.ts'
import { isName } from '../names.ts'
import { channelId, conversationOf, directId } from '../rows.ts'
import { heldNow } from './locks.ts'
import { type Act, type ActBy, type ActOutcome, done } from './outcome.ts'

export function createChannel({ chat, deed, what }: Act<'create-channel'>): ActOutcome {
  const { name, title, isPrivate } = what
  if (!isName(name)) return 'name-not-allowed'
  if (title.length > chatLimits.titleCharsMax) return 'too-long'
  const refusal = isPrivate ? refusalOfPrivate(deed) : refusalOfPublic({ chat, deed, what })
  if (refusal !== null) return refusal
  if (deed.actor !== null && isInTooMany(chat, deed.actor)) return 'too-many'
  const id = isPrivate ? `p:${deed.id}` : channelId(name)
  const conversation = chat.addConversation(id, { kind: 'channel', name, title, isPrivate, createdBy: deed.actor })
  if (!isPrivate) chat.head.channels += 1
  const told = isPrivate
    ? null
    : chat.tellAll(deed, { kind: 'conversation', conversation: conversationOf(conversation) })
  if (deed.actor === null) return done(told)
  chat.addMember(id, deed.actor, deed)
  return done(chat.show(id, deed.actor, deed))
}

export function createGroup({ chat, deed, what, actor }: ActBy<'create-group'>): ActOutcome {
  const users = [...new Set([actor, ...what.users])]
  if (users.length > chatLimits.groupUsersMax) return 'too-many'
  if (users.some((user) => chat.users.get(user) === null)) return 'unknown-user'
  if (users.some((user) => isInTooMany(chat, user))) return 'too-many'
  return done(begin(chat, deed, { id: `g:${deed.id}`, kind: 'group', createdBy: actor, users }))
}

export function beginDirect({ chat, deed, what, actor }: ActBy<'begin-direct'>): ActOutcome {
  const refusal = refusalOfDirect(chat, actor, what.user)
  if (refusal !== null) return refusal
  return done(ensureDirect(chat, deed, { from: actor, to: what.user }))
}

export function join({ chat, deed, what, actor }: ActBy<'join'>): ActOutcome {
  const conversation = chat.conversations.get(channelId(what.channel))
  if (conversation === null) return 'unknown-channel'
  if (chat.member(conversation, actor) !== null) return done(null)
  if (isInTooMany(chat, actor)) return 'too-many'
  chat.addMember(conversation.id, actor, deed)
  return done(chat.show(conversation.id, actor, deed))
}

export function leave({ chat, deed, what, actor }: ActBy<'leave'>): ActOutcome {
  const conversation = chat.conversations.get(what.conversation)
  if (conversation === null || chat.member(conversation, actor) === null) return 'not-a-member'
  if (conversation.kind === 'direct') return 'malformed'
  return done(chat.removeMember(conversation, actor, deed))
}

export function invite({ chat, deed, what, actor }: ActBy<'invite'>): ActOutcome {
  const conversation = chat.conversations.get(what.conversation)
  if (conversation === null || chat.member(conversation, actor) === null) return 'not-a-member'
  if (conversation.kind === 'direct') return 'malformed'
  if (chat.users.get(what.user) === null) return 'unknown-user'
  if (chat.member(conversation, what.user) !== null) return done(null)
  const isFull = conversation.kind === 'group' && conversation.members >= chatLimits.groupUsersMax
  if (isFull || isInTooMany(chat, what.user)) return 'too-many'
  const told = chat.addMember(conversation.id, what.user, deed)
  chat.show(conversation.id, what.user, deed)
  return done(told)
}

/** null: there is one, or one can begin. */
export function refusalOfDirect(chat: Chat, from: string, to: string): ChatRefusal | null {
  if (chat.users.get(to) === null) return 'unknown-user'
  if (chat.conversations.get(directId(from, to)) !== null) return null
  return isInTooMany(chat, from) || isInTooMany(chat, to) ? 'too-many' : null
}

/** null: it was there. */
export function ensureDirect(
  chat: Chat,
  deed: Deed,
  { from, to }: { readonly from: string; readonly to: string },
): Told | null {
  const id = directId(from, to)
  if (chat.conversations.get(id) !== null) return null
  return begin(chat, deed, { id, kind: 'direct', createdBy: from, users: [...new Set([from, to])] })
}

interface Beginning extends Pick<Conversation, 'id' | 'kind'> {
  readonly createdBy: string
  readonly users: readonly string[]
}

/** Everybody is told when all are in it; the answer is what the one who began it is told. */
function begin(chat: Chat, deed: Deed, { id, kind, createdBy, users }: Beginning): Told | null {
  chat.addConversation(id, { kind, name: '', title: '', isPrivate: true, createdBy })
  for (const user of users) chat.addMember(id, user, deed)
  for (const user of users) if (user !== createdBy) chat.show(id, user, deed)
  return chat.show(id, createdBy, deed)
}

function refusalOfPrivate(deed: Deed): ChatRefusal | null {
  return deed.actor === null ? 'malformed' : null
}

function refusalOfPublic({ chat, deed, what: { name, fence } }: Act<'create-channel'>): ChatRefusal | null {
  if (chat.users.get(name) !== null || chat.conversations.get(channelId(name)) !== null) return 'name-taken'
  const held = heldNow(chat, `channel:${name}`)
  if (held === null ? fence !== null : held.fence !== fence || held.held.actor !== deed.actor) return 'locked'
  return chat.head.channels >= chatLimits.channelsMax ? 'too-many' : null
}

function isInTooMany(chat: Chat, user: string): boolean {
  return (chat.users.get(user)?.conversations ?? 0) >= chatLimits.conversationsPerUserMax
}

/** Those that are there from the beginning. */
export function addFirstChannels(chat: Chat, deed: Deed, names: readonly string[]): void {
  for (const name of names) {
    const about = { kind: 'channel', name, title: '', isPrivate: false, createdBy: null } as const
    const conversation = chat.addConversation(channelId(name), about)
    chat.head.channels += 1
    chat.tellAll(deed, { kind: 'conversation', conversation: conversationOf(conversation) })
  }
}
