import type { Chat } from '../chat.ts'
import { besideOf, encodeEventRow, eventOf, isMessageRow, readEventRow } from '../event-rows.ts'
import { chatLimits } from '../limits.ts'
import type { ChatEvent, ChatRefusal, DeedId, Destination, Message } from '../messages.ts'
import { namesIn } from '../names.ts'
import {
  type ConversationRecord,
  channelId,
  directId,
  eventKey,
  type MemberRecord,
  memberKey,
  spaces,
} from '../rows.ts'
import { ensureDirect, refusalOfDirect } from './conversations.ts'
import { type ActBy, type ActOutcome, done } from './outcome.ts'

export function say({ chat, deed, what, actor }: ActBy<'say'>): ActOutcome {
  const { to, text, replyTo, through } = what
  const author = chat.users.get(actor)
  if (author === null) return 'unknown-user'
  if (through === 'course' && author.isProtected) return 'protected-name'
  const isOpen = through === 'course' || (through === 'account' && author.isBot)
  const refusal = refusalOfPlace({ chat, actor, to, isOpen }) ?? refusalOfText(text)
  if (refusal !== null) return refusal
  const id = idOf(to, actor)
  if (replyTo !== null && place(chat, replyTo)?.conversation.id !== id) return 'unknown-message'
  if (to.kind === 'user') ensureDirect(chat, deed, { from: actor, to: to.name })
  const conversation = chat.conversations.get(id)
  if (conversation === null) return 'not-a-member'
  const message = { ...newMessage(chat, conversation), id: deed.id, author: actor, text, replyTo, through }
  const mentions = mentioned(chat, text)
  const told = chat.tellConversation(conversation, deed, { kind: 'message', message: { ...message, mentions } })
  markMentions({ chat, conversation, mentions, number: told.number })
  // Who says something has read what stands before it.
  const { number: readNumber, ordinal: readOrdinal } = message
  if (chat.member(conversation, actor) !== null) {
    chat.members.set(memberKey(conversation, actor), { readNumber, readOrdinal, mentionedIn: [] })
  }
  return done(told)
}

export function edit({ chat, deed, what, actor }: ActBy<'edit'>): ActOutcome {
  const found = seen(chat, actor, what.message)
  if (found === null) return 'unknown-message'
  if (found.message.author !== actor) return 'not-yours'
  const refusal = refusalOfText(what.text)
  if (refusal !== null) return refusal
  const mentions = mentioned(chat, what.text)
  rewrite(chat, found, { ...found.message, text: what.text, mentions, editedAtMs: chat.entry.atMs })
  const { conversation, message } = found
  const { id, number } = message
  for (const user of message.mentions) unmark(chat, conversation, { user, number })
  markMentions({ chat, conversation, mentions, number })
  return done(chat.tellConversation(found.conversation, deed, { kind: 'edited', message: id, number, text: what.text }))
}

/** Nothing of what was said is left, here. */
export function deleteMessage({ chat, deed, what, actor }: ActBy<'delete'>): ActOutcome {
  const found = place(chat, what.message)
  if (found === null || !maySee(chat, found.conversation, actor)) return 'unknown-message'
  if (found.message.author !== actor) return 'not-yours'
  if (found.message.isDeleted) return done(null)
  const { id, number, mentions } = found.message
  rewrite(chat, found, { ...found.message, text: '', mentions: [], reactions: [], isDeleted: true })
  for (const user of mentions) unmark(chat, found.conversation, { user, number })
  return done(chat.tellConversation(found.conversation, deed, { kind: 'deleted', message: id, number }))
}

export function react({ chat, deed, what, actor }: ActBy<'react'>): ActOutcome {
  const { emoji, isOn } = what
  const found = seen(chat, actor, what.message)
  if (found === null) return 'unknown-message'
  if (emoji.length > chatLimits.emojiCharsMax || emoji.trim() === '') return 'malformed'
  const { id, number, reactions } = found.message
  const users = reactions.find((one) => one.emoji === emoji)?.users ?? []
  if (users.includes(actor) === isOn) return done(null)
  if (isOn && isFull(reactions, users.length === 0)) return 'too-many'
  const changed = isOn ? [...users, actor] : users.filter((user) => user !== actor)
  rewrite(chat, found, { ...found.message, reactions: withReaction(reactions, { emoji, users: changed }) })
  return done(
    chat.tellConversation(found.conversation, deed, { kind: 'reacted', message: id, number, emoji, user: actor, isOn }),
  )
}

type Reactions = Message['reactions']

function isFull(reactions: Reactions, isNew: boolean): boolean {
  const users = reactions.reduce((sum, one) => sum + one.users.length, 0)
  return users >= chatLimits.reactingUsersMax || (isNew && reactions.length >= chatLimits.reactionsPerMessageMax)
}

/** Each stays where it was; a new one comes last, and one of nobody goes. */
function withReaction(reactions: Reactions, changed: Reactions[number]): Reactions {
  const isKnown = reactions.some(({ emoji }) => emoji === changed.emoji)
  const all = isKnown ? reactions.map((one) => (one.emoji === changed.emoji ? changed : one)) : [...reactions, changed]
  return all.filter(({ users }) => users.length > 0)
}

interface Found {
  readonly conversation: ConversationRecord
  readonly message: Message
  readonly event: ChatEvent
  readonly row: Uint8Array
}

/** null: there is no such message, or it is deleted, or this user may not see it. */
function seen(chat: Chat, actor: string, id: DeedId): Found | null {
  const found = place(chat, id)
  return found === null || found.message.isDeleted || !maySee(chat, found.conversation, actor) ? null : found
}

function place(chat: Chat, id: DeedId): Found | null {
  const deed = chat.deeds.find(id)
  const row = deed === null || deed.number === 0 ? null : readEventRow(chat.state, deed.feed, deed.number)
  if (row === null || !isMessageRow(row)) return null
  const event = eventOf(row)
  const conversation = chat.conversations.get(event.feed)
  return conversation === null || event.what.kind !== 'message'
    ? null
    : { conversation, message: event.what.message, event, row }
}

function rewrite(chat: Chat, { conversation, event, row }: Found, message: Message): void {
  const changed = encodeEventRow({ ...event, what: { kind: 'message', message } }, besideOf(row))
  chat.state.put(spaces.events, eventKey(conversation.feed, event.number), changed)
}

function maySee(chat: Chat, conversation: ConversationRecord, user: string): boolean {
  return !conversation.isPrivate || chat.member(conversation, user) !== null
}

function refusalOfText(text: string): ChatRefusal | null {
  if (text.length > chatLimits.textCharsMax) return 'too-long'
  return text.trim() === '' ? 'empty' : null
}

interface Place {
  readonly chat: Chat
  readonly actor: string
  readonly to: Destination
  /** Programs speak in public channels without having joined. */
  readonly isOpen: boolean
}

function refusalOfPlace({ chat, actor, to, isOpen }: Place): ChatRefusal | null {
  if (to.kind === 'user') return refusalOfDirect(chat, actor, to.name)
  const conversation = chat.conversations.get(idOf(to, actor))
  if (conversation === null) return to.kind === 'channel' ? 'unknown-channel' : 'not-a-member'
  if (isOpen && !conversation.isPrivate) return null
  return chat.member(conversation, actor) === null ? 'not-a-member' : null
}

function idOf(to: Destination, actor: string): string {
  if (to.kind === 'conversation') return to.conversation
  return to.kind === 'channel' ? channelId(to.name) : directId(actor, to.name)
}

function newMessage(
  chat: Chat,
  conversation: ConversationRecord,
): Omit<Message, 'id' | 'author' | 'text' | 'replyTo' | 'through' | 'mentions'> {
  const { id, lastNumber, lastOrdinal } = conversation
  const { atMs, lamport, index: logIndex } = chat.entry
  const at = { number: lastNumber + 1, ordinal: lastOrdinal + 1, position: chat.head.position + 1 }
  const marks = { origin: null, editedAtMs: null, isDeleted: false, reactions: [] }
  return { conversation: id, ...at, atMs, lamport, logIndex, ...marks }
}

function mentioned(chat: Chat, text: string): readonly string[] {
  return namesIn(text).filter((name) => chat.users.get(name) !== null)
}

interface Marks {
  readonly chat: Chat
  readonly conversation: ConversationRecord
  readonly mentions: readonly string[]
  readonly number: number
}

function markMentions({ chat, conversation, mentions, number }: Marks): void {
  for (const user of mentions) {
    const member = chat.member(conversation, user)
    if (member === null || member.readNumber >= number) continue
    if (member.mentionedIn.length >= chatLimits.unreadMentionsMax) continue
    chat.members.set(memberKey(conversation, user), { ...member, mentionedIn: [...member.mentionedIn, number] })
  }
}

function unmark(
  chat: Chat,
  conversation: ConversationRecord,
  { user, number }: { readonly user: string; readonly number: number },
): void {
  const member = chat.member(conversation, user)
  if (member === null || !member.mentionedIn.includes(number)) return
  const marked: MemberRecord = { ...member, mentionedIn: member.mentionedIn.filter((one) => one !== number) }
  chat.members.set(memberKey(conversation, user), marked)
}
