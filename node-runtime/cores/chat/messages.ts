import type { NodeId } from '#kit/ids'

/** Lower-case hex of 16 bytes, chosen by whoever asks first: the same deed under the same id happens once. */
export type DeedId = string

/**
 * `c:<name>` of a public channel, `p:<deed that made it>` of a private one, `d:<user>\n<user>` in order, `g:<deed>` of a
 * group. The name of a private channel is nobody's who is not in it, so no two of those need differ.
 */
export type ConversationId = string

/**
 * Everything that happens, happens in a feed, and gets the next number there: a conversation's own; `u:<user>`, what
 * only that user is told; `all`, the names everybody may know. Who has all numbers of a feed has missed nothing.
 */
export type FeedId = string

/** What somebody wants done. `actor`: a user whose right to speak the server has checked; null: a program without accounts, or the system. */
export interface Deed {
  readonly id: DeedId
  readonly actor: string | null
  readonly what: What
}

export type What =
  /** `password`: a PHC string; null: a name without one, as programs of the course have. */
  | { readonly kind: 'sign-up'; readonly user: string; readonly password: string | null; readonly isBot: boolean }
  /** Kept with its time. A name that is unknown and has no password is signed up by it. */
  | { readonly kind: 'log-in'; readonly user: string; readonly through: Door }
  | { readonly kind: 'set-password'; readonly password: string }
  /** Tokens of the actor from before count no longer. */
  | { readonly kind: 'sign-out-everywhere' }
  | {
      readonly kind: 'create-channel'
      readonly name: string
      readonly title: string
      readonly isPrivate: boolean
      /** Of the lock `channel:<name>`, if the actor holds it; null: taken and given back within this deed. */
      readonly fence: number | null
    }
  /** With the actor, who need not be named. */
  | { readonly kind: 'create-group'; readonly users: readonly string[] }
  /** Finds it, if there is one. */
  | { readonly kind: 'begin-direct'; readonly user: string }
  | { readonly kind: 'join'; readonly channel: string }
  | { readonly kind: 'leave'; readonly conversation: ConversationId }
  | { readonly kind: 'invite'; readonly conversation: ConversationId; readonly user: string }
  /** `to` a user's name begins a direct conversation if there is none. */
  | {
      readonly kind: 'say'
      readonly to: Destination
      readonly text: string
      readonly replyTo: DeedId | null
      readonly through: Door
    }
  | { readonly kind: 'edit'; readonly message: DeedId; readonly text: string }
  | { readonly kind: 'delete'; readonly message: DeedId }
  | { readonly kind: 'react'; readonly message: DeedId; readonly emoji: string; readonly isOn: boolean }
  | { readonly kind: 'read'; readonly upTo: readonly ReadPosition[] }
  | { readonly kind: 'ask-lock'; readonly lock: string; readonly holder: string }
  | { readonly kind: 'keep-lock'; readonly lock: string; readonly holder: string; readonly fence: number }
  /** Who only waits gives up waiting; the fence says nothing then. */
  | { readonly kind: 'give-lock'; readonly lock: string; readonly holder: string; readonly fence: number }
  /** Proposed by the leader when a lock's time is over by the log's own clock; nothing happens when it is not. */
  | { readonly kind: 'expire-locks' }
  /** A new key for tokens; the former ones count until their last token has ended. */
  | { readonly kind: 'token-key'; readonly key: Uint8Array }

/** Which way somebody came: ours, the course's dialect, or the account dialect. */
export type Door = 'native' | 'course' | 'account'

export type Destination =
  | { readonly kind: 'conversation'; readonly conversation: ConversationId }
  | { readonly kind: 'channel'; readonly name: string }
  | { readonly kind: 'user'; readonly name: string }

export interface ReadPosition {
  readonly conversation: ConversationId
  readonly number: number
}

/** What the leader puts into the log at once. */
export interface ChatCommand {
  readonly by: NodeId
  readonly term: number
  /** Everything up to this position has been published. */
  readonly publishedUpTo: number
  readonly deeds: readonly Deed[]
}

/** Definite: nothing happened. The dialects say each in their own words. */
export const chatRefusals = [
  'name-taken',
  'name-not-allowed',
  'unknown-user',
  'unknown-channel',
  'unknown-message',
  'not-a-member',
  'not-yours',
  'protected-name',
  'locked',
  'too-long',
  'empty',
  'too-many',
  'malformed',
] as const
export type ChatRefusal = (typeof chatRefusals)[number]

export type DeedOutcome =
  /**
   * `event`: the one that says what became of it; null when it changed nothing, or nobody is told of it. `fence`: of the lock that
   * the holder has now; null at `ask-lock`: it waits.
   */
  | { readonly kind: 'done'; readonly event: ChatEvent | null; readonly fence: number | null }
  /** It had happened before under this id. The event is as it stands now: what was deleted since has no text. */
  | { readonly kind: 'done-before'; readonly event: ChatEvent | null; readonly fence: number | null }
  | { readonly kind: 'refused'; readonly why: ChatRefusal }

export type ChatCommandAnswer =
  /** `events`: all that happened, in order of positions, which follow one another. */
  | { readonly kind: 'done'; readonly outcomes: readonly DeedOutcome[]; readonly events: readonly ChatEvent[] }
  /** No command of ours. */
  | { readonly kind: 'refused' }

/** Something that happened, at its place. */
export interface ChatEvent {
  /** Counts all events of the chat: one order for everybody. */
  readonly position: number
  readonly feed: FeedId
  /** Counts those of its feed, from 1. */
  readonly number: number
  readonly deed: DeedId
  readonly atMs: number
  readonly lamport: number
  readonly logIndex: number
  readonly what: Happened
}

export type Happened =
  /** As it stands now, when it is read later. */
  | { readonly kind: 'message'; readonly message: Message }
  /** The text as it stands now: earlier ones are not kept. */
  | { readonly kind: 'edited'; readonly message: DeedId; readonly number: number; readonly text: string }
  | { readonly kind: 'deleted'; readonly message: DeedId; readonly number: number }
  | {
      readonly kind: 'reacted'
      readonly message: DeedId
      readonly number: number
      readonly emoji: string
      readonly user: string
      readonly isOn: boolean
    }
  /** In the conversation's feed; that somebody left, in `u:<user>` as well. */
  | { readonly kind: 'joined' | 'left'; readonly conversation: ConversationId; readonly user: string }
  /** In the feed `all`: of a public channel; in `u:<user>`: of any conversation that user is in from now on. */
  | { readonly kind: 'conversation'; readonly conversation: Conversation }
  /** In the feed `all`: somebody new. */
  | { readonly kind: 'user'; readonly user: string; readonly isBot: boolean; readonly isProtected: boolean }
  /** In `u:<user>`, so that their other windows know. */
  | { readonly kind: 'read'; readonly upTo: ReadPosition }
  /** In the feed `all`: names of locks are everybody's to see. */
  | { readonly kind: 'lock'; readonly lock: LockView }

export interface Message {
  readonly id: DeedId
  readonly conversation: ConversationId
  /** Its number in the conversation's feed. */
  readonly number: number
  /** Counts the messages of the conversation alone, from 1: unread is a difference of two. */
  readonly ordinal: number
  readonly author: string
  /** Empty when it was deleted. */
  readonly text: string
  readonly replyTo: DeedId | null
  readonly mentions: readonly string[]
  readonly through: Door
  readonly atMs: number
  readonly lamport: number
  readonly position: number
  readonly logIndex: number
  /** Where everyone answers: the server that took it; of the same stamp the smaller stands first. null: the log took it. */
  readonly origin: string | null
  readonly editedAtMs: number | null
  readonly isDeleted: boolean
  readonly reactions: readonly { readonly emoji: string; readonly users: readonly string[] }[]
}

export interface Conversation {
  readonly id: ConversationId
  readonly kind: 'channel' | 'direct' | 'group'
  readonly name: string
  readonly title: string
  readonly isPrivate: boolean
  readonly createdBy: string | null
  readonly members: number
  /** Of its feed and of its messages, so far. */
  readonly lastNumber: number
  readonly lastOrdinal: number
  readonly lastAtMs: number
}

export interface LockView {
  readonly lock: string
  /** null: it is free, and kept no longer. */
  readonly holder: string | null
  /** Rises with each grant of any lock. */
  readonly fence: number
  readonly untilMs: number
  readonly waiting: readonly string[]
}

/**
 * What can be asked of the applied state. `as`: who asks, and so what may be shown; null: the system itself. What may not
 * be shown is answered as what is not there.
 */
export type ChatQuery =
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'users'; readonly after: string | null; readonly limit: number }
  /** Public ones, in order of names. */
  | { readonly kind: 'channels'; readonly after: string | null; readonly limit: number }
  | { readonly kind: 'conversation'; readonly as: string | null; readonly conversation: ConversationId }
  /** Those a user is in, in the order in which they were made. */
  | {
      readonly kind: 'conversations'
      readonly as: string
      readonly after: ConversationId | null
      readonly limit: number
    }
  | {
      readonly kind: 'members'
      readonly as: string | null
      readonly conversation: ConversationId
      readonly after: string | null
      readonly limit: number
    }
  /** Messages strictly before or after a number, oldest first in the answer. */
  | {
      readonly kind: 'history'
      readonly as: string | null
      readonly conversation: ConversationId
      readonly from: number
      readonly order: 'up' | 'down'
      readonly limit: number
    }
  /** Events of a feed after a number, in order. */
  | {
      readonly kind: 'events'
      readonly as: string | null
      readonly feed: FeedId
      readonly after: number
      readonly limit: number
    }
  | { readonly kind: 'message'; readonly as: string | null; readonly message: DeedId }
  /** Newest first, strictly before a number; null: from the newest on. */
  | { readonly kind: 'log-ins'; readonly before: number | null; readonly limit: number }
  | { readonly kind: 'locks'; readonly after: string | null; readonly limit: number }
  | { readonly kind: 'status' }
  | { readonly kind: 'token-keys' }

/** null: there is no such conversation or feed, or none for whoever asks. */
export interface ChatAnswers {
  readonly user: { readonly user: UserRow | null }
  readonly users: { readonly users: readonly UserRow[]; readonly next: string | null }
  readonly channels: { readonly channels: readonly Conversation[]; readonly next: string | null }
  readonly conversation: { readonly conversation: Conversation | null; readonly isMember: boolean }
  readonly conversations: { readonly conversations: readonly OwnConversation[]; readonly next: ConversationId | null }
  readonly members: { readonly members: readonly MemberRow[]; readonly next: string | null } | null
  /** `isWhole`: there is no further message in this direction. */
  readonly history: { readonly messages: readonly Message[]; readonly isWhole: boolean } | null
  /** `isForgotten`: some of those asked for are no longer kept; ask for the state anew. */
  readonly events: {
    readonly events: readonly ChatEvent[]
    readonly last: number
    readonly isForgotten: boolean
  } | null
  readonly message: { readonly message: Message | null }
  readonly 'log-ins': { readonly logIns: readonly LogIn[] }
  readonly locks: { readonly locks: readonly LockView[]; readonly next: string | null }
  readonly status: ChatStatus
  readonly 'token-keys': { readonly keys: readonly TokenKey[] }
}

export interface OwnConversation extends ReadMark {
  readonly conversation: Conversation
}

export interface MemberRow extends ReadMark {
  readonly user: string
}

/** How far somebody has read, and how many messages after that name them. */
export interface ReadMark {
  readonly readNumber: number
  readonly readOrdinal: number
  readonly mentions: number
}

export interface UserRow {
  readonly name: string
  readonly isBot: boolean
  /** A PHC string; it never leaves the server. */
  readonly password: string | null
  /** Tokens from before count no longer. */
  readonly validFromMs: number
  readonly lastLogInMs: number | null
}

export interface LogIn {
  readonly number: number
  readonly user: string
  readonly through: Door
  readonly atMs: number
}

export interface ChatStatus {
  readonly users: number
  readonly channels: number
  readonly messages: number
  /** Of the last event. */
  readonly position: number
  readonly publishedUpTo: number
  /** Who put the last command into the log; null: there was none. */
  readonly servedBy: { readonly node: NodeId; readonly term: number } | null
}

export interface TokenKey {
  /** The deed that brought it. */
  readonly id: DeedId
  readonly key: Uint8Array
  readonly fromMs: number
}
