import { z } from 'zod'
import {
  type ChatProfile,
  type ChatSettings,
  chatLayouts,
  chatProfiles,
  chatReaches,
  type ForeignEvent,
} from '#contract/worker/chat'
import { type ChatCallName, type ChatInput, chatDeskLimits } from '#contract/worker/chat-calls'
import type { NodeId } from '#kit/ids'
import { cluster, node } from './ids.ts'

/*
 * How a window lives with these calls.
 *
 * A window belongs to one user: its route is `/chat/<session>`, and `windows.open` with that route opens one. Which
 * sessions there are, `chat.status` tells; a window without one signs somebody in, and then goes to the session's route.
 *
 * 1. `chat.changes` with `after: null` says where to begin.
 * 2. `chat.status`, `chat.conversations`, `chat.people` and `chat.history` say how everything stands.
 * 3. `chat.changes` again and again, from there: it is answered as soon as something changes. No event is pushed for the
 *    chat, because events go to all windows, and what one user may read is not for the window of another.
 *
 * A message: the window draws an id, calls `chat.say`, and shows the row that comes back by `chat.changes`, `queued` first.
 */

const session = z.string().regex(/^[a-z0-9-]{1,40}$/)
const id = z.string().regex(/^[0-9a-f]{32}$/)
const conversation = z.string().min(1).max(chatDeskLimits.conversationCharsMax)
const place = z.string().min(1).max(200)
const name = z.string().min(1).max(chatDeskLimits.nameCharsMax)
const text = z.string().min(1).max(chatDeskLimits.textCharsMax)
const limit = z.int().min(1).max(chatDeskLimits.rowsPerPageMax)
const page = { after: z.string().max(200).nullable(), limit }
const password = z.string().max(chatDeskLimits.passwordCharsMax)
const lock = z.string().min(1).max(chatDeskLimits.lockCharsMax)
const nothing = z.strictObject({})
const credentials = z.strictObject({ user: name, password })
const inSession = z.strictObject({ session })
const inConversation = z.strictObject({ session, conversation })
const inMessage = z.strictObject({ session, id })

/** What the window may ask the desk about the chat. The desk takes what has passed here as it is. */
export const chatInputs = {
  'chat.status': nothing,
  'chat.signUp': credentials,
  'chat.signIn': credentials,
  'chat.signOut': inSession,
  'chat.signOutEverywhere': inSession,
  'chat.setPassword': z.strictObject({ session, password, newPassword: password }),
  'chat.changes': z.strictObject({
    session,
    after: z.int().min(0).nullable(),
    waitMs: z.int().min(0).max(chatDeskLimits.waitMsMax),
    open: conversation.nullable(),
  }),
  'chat.conversations': inSession,
  'chat.channels': z.strictObject({ session, ...page }),
  'chat.people': z.strictObject({ session, ...page }),
  'chat.members': z.strictObject({ session, conversation, ...page }),
  'chat.create': z.strictObject({
    session,
    name,
    title: z.string().max(chatDeskLimits.titleCharsMax),
    isPrivate: z.boolean(),
  }),
  'chat.group': z.strictObject({ session, users: z.array(name).min(1).max(chatDeskLimits.groupUsersMax).readonly() }),
  'chat.direct': z.strictObject({ session, user: name }),
  'chat.join': z.strictObject({ session, channel: name }),
  'chat.leave': inConversation,
  'chat.invite': z.strictObject({ session, conversation, user: name }),
  'chat.history': z.strictObject({
    session,
    conversation,
    from: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('newest') }),
      z.strictObject({ kind: z.literal('unread') }),
      z.strictObject({ kind: z.enum(['before', 'after', 'around']), place }),
    ]),
    limit,
  }),
  'chat.message': inMessage,
  'chat.say': z.strictObject({ session, conversation, id, text, replyTo: id.nullable() }),
  'chat.takeBack': inMessage,
  'chat.edit': z.strictObject({ session, id, text }),
  'chat.delete': inMessage,
  'chat.react': z.strictObject({
    session,
    id,
    emoji: z.string().min(1).max(chatDeskLimits.emojiCharsMax),
    isOn: z.boolean(),
  }),
  'chat.read': z.strictObject({ session, conversation, place }),
  'chat.typing': inConversation,
  'chat.search': z.strictObject({
    session,
    text: z.string().max(chatDeskLimits.searchCharsMax),
    dayMs: z.int().nullable(),
    cursor: z.string().max(200).nullable(),
    limit,
  }),
  'chat.locks': nothing,
  'chat.askLock': z.strictObject({ session, lock }),
  'chat.giveLock': z.strictObject({ session, lock }),
} as const satisfies { readonly [Name in ChatCallName]: z.ZodType<ChatInput<Name>> }

/** How the lab's chat is set up: kept in lab.json, and the same after every start. */
export interface ChatSetup {
  readonly settings: ChatSettings
  /** false: a server of it has run, and what it kept means nothing in the other profile. Only a reset of the lab frees it. */
  readonly canChooseProfile: boolean
}

/** What is not named stays as it is. A chat that runs is started anew with it. */
export const chatSettingsChange = z.strictObject({
  profile: z.enum(chatProfiles).optional(),
  hasJsonPublications: z.boolean().optional(),
  layout: z.enum(chatLayouts).optional(),
  reach: z.enum(chatReaches).optional(),
})
export type ChatSettingsChange = z.output<typeof chatSettingsChange>

/** What is asked of the lab, or of nodes of the chat, and not of the desk. */
export const chatLabInputs = {
  'chat.setup': z.strictObject({ clusterId: cluster }),
  'chat.configure': z.strictObject({ clusterId: cluster, change: chatSettingsChange }),
  /** `after`: what `next` said the last time; null: from the first message that is still kept. */
  'chat.foreign': z.strictObject({
    clusterId: cluster,
    after: z.record(z.string().max(64), z.int().min(0)).nullable(),
    limit,
  }),
  'chat.export': z.strictObject({ nodeId: node, after: z.string().max(40).nullable() }),
} as const

/** "Plug in your program": where a program of the course goes, and what has come from programs, judged by the protocol's rules. */
export interface ChatForeign {
  readonly profile: ChatProfile | null
  /** Of sockets that are open now; those of a node that is down are missing. */
  readonly addresses: readonly ChatAddress[]
  /** Newest last. The report to save is made of these, by whoever shows them in words. */
  readonly events: readonly ChatForeignEvent[]
  /** How far each node was read, for `after`. */
  readonly next: Readonly<Record<string, number>>
  /** Messages that were too many to judge, or that no node keeps any more. */
  readonly skipped: number
  /** Nodes that did not answer: what came to them is missing here. */
  readonly silent: readonly NodeId[]
}

export interface ChatAddress {
  readonly nodeId: NodeId
  /**
   * `clients`: programs ask here (REQ); `servers`: programs serve here (REP), where everyone answers; `ranks`: the
   * reference; `course-from` and `account-from`: programs publish here; `course-to` and `account-to`: they subscribe here.
   */
  readonly name: string
  readonly address: string
}

/** Its number counts those of its node. */
export interface ChatForeignEvent extends ForeignEvent {
  readonly nodeId: NodeId
}
