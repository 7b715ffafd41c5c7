import type { NodeId } from '#kit/ids'
import type { ChatProfile, LockRow } from './chat.ts'

/**
 * What people do with the chat, through the desk: the same for the window, the command line and tests. `session` is a
 * user who has signed in at this desk; all windows of one user share it, and it stays over reloads, kills of the desk
 * and the end of its token. What is not asked of a session is about no user.
 */
export interface ChatCalls {
  readonly 'chat.status': { readonly input: Nothing; readonly output: DeskChatStatus }
  /** Refused with `name-taken`, `name-not-allowed` or `too-weak`; what comes back is signed in. */
  readonly 'chat.signUp': { readonly input: Credentials; readonly output: ChatSession }
  /**
   * Refused with `not-signed-in`, in the same time and words whether there is such a user or not. A user who is signed in
   * here, or whose session ended, gets that session again. Where names have no accounts the password is empty.
   */
  readonly 'chat.signIn': { readonly input: Credentials; readonly output: ChatSession }
  /** The session is gone, and what waited in its outbox with it. */
  readonly 'chat.signOut': { readonly input: InSession; readonly output: null }
  /** This user's tokens count no longer, at any desk. */
  readonly 'chat.signOutEverywhere': { readonly input: InSession; readonly output: null }
  readonly 'chat.setPassword': {
    readonly input: InSession & { readonly password: string; readonly newPassword: string }
    readonly output: null
  }
  /**
   * What has changed since `after`, at once if something has, otherwise as soon as it does or when `waitMs` are over. A
   * window asks this again and again, one question at a time. `after` null: nothing but where to begin; ask first
   * this, then what is to be shown, then go on from here, and nothing is missed.
   * `open`: the conversation the window shows now; who else has read it is found out only while somebody looks.
   */
  readonly 'chat.changes': {
    readonly input: InSession & {
      readonly after: number | null
      readonly waitMs: number
      readonly open: string | null
    }
    readonly output: ChatChanges
  }
  /** All that this user is in, with what is unread. */
  readonly 'chat.conversations': {
    readonly input: InSession
    readonly output: { readonly conversations: readonly ConversationRow[] }
  }
  /** Public channels, also those the user is not in, in order of names. */
  readonly 'chat.channels': { readonly input: InSession & Page; readonly output: ConversationPage }
  readonly 'chat.people': { readonly input: InSession & Page; readonly output: PeoplePage }
  readonly 'chat.members': { readonly input: InConversation & Page; readonly output: PeoplePage }
  /** A public one is made under the lock `channel:<name>`: asked for, used, given back. `locked`: somebody else has it. */
  readonly 'chat.create': {
    readonly input: InSession & { readonly name: string; readonly title: string; readonly isPrivate: boolean }
    readonly output: ConversationRow
  }
  readonly 'chat.group': {
    readonly input: InSession & { readonly users: readonly string[] }
    readonly output: ConversationRow
  }
  /** Begins the conversation with that user, or finds it. */
  readonly 'chat.direct': { readonly input: InSession & { readonly user: string }; readonly output: ConversationRow }
  /** By the channel's name. */
  readonly 'chat.join': { readonly input: InSession & { readonly channel: string }; readonly output: ConversationRow }
  readonly 'chat.leave': { readonly input: InConversation; readonly output: null }
  readonly 'chat.invite': { readonly input: InConversation & { readonly user: string }; readonly output: null }
  readonly 'chat.history': {
    readonly input: InConversation & { readonly from: HistoryFrom; readonly limit: number }
    readonly output: ChatHistoryPage
  }
  /** One message, such as the one that is answered to and stands far above. */
  readonly 'chat.message': { readonly input: InMessage; readonly output: { readonly row: ChatRow | null } }
  /**
   * Into the outbox of this desk, durably and in order; what becomes of it, the history and the changes show. `id` is
   * chosen once by the window and kept, so that a call made twice is one message: 16 random bytes as hex.
   */
  readonly 'chat.say': {
    readonly input: InConversation & {
      readonly id: string
      readonly text: string
      readonly replyTo: string | null
    }
    readonly output: null
  }
  /** Out of the outbox: what was refused, or was never sent. Otherwise `does-not-apply`. */
  readonly 'chat.takeBack': { readonly input: InMessage; readonly output: null }
  readonly 'chat.edit': { readonly input: InMessage & { readonly text: string }; readonly output: null }
  readonly 'chat.delete': { readonly input: InMessage; readonly output: null }
  readonly 'chat.react': {
    readonly input: InMessage & { readonly emoji: string; readonly isOn: boolean }
    readonly output: null
  }
  /** All up to this place. The desk gathers them, and tells the servers a few times a second at most. */
  readonly 'chat.read': { readonly input: InConversation & { readonly place: string }; readonly output: null }
  /** With each key that is struck; the desk passes on a few. Nobody keeps it. */
  readonly 'chat.typing': { readonly input: InConversation; readonly output: null }
  /**
   * Newest first. Words, and among them `from:<user>`, `in:<channel or conversation>`, `before:<YYYY-MM-DD>`; the last of each
   * counts. `dayMs`: when that day begins for whoever asks; null: by Greenwich, for nobody else's calendar is known here.
   */
  readonly 'chat.search': {
    readonly input: InSession & {
      readonly text: string
      readonly dayMs: number | null
      readonly cursor: string | null
      readonly limit: number
    }
    readonly output: ChatSearchPage
  }
  readonly 'chat.locks': { readonly input: Nothing; readonly output: { readonly locks: readonly LockRow[] } }
  /** `fence` null: others are before this session; it waits in line. */
  readonly 'chat.askLock': {
    readonly input: InSession & { readonly lock: string }
    readonly output: { readonly fence: number | null }
  }
  readonly 'chat.giveLock': { readonly input: InSession & { readonly lock: string }; readonly output: null }
}

export const chatDeskLimits = {
  /** Users signed in at one desk. */
  sessionsMax: 16,
  rowsPerPageMax: 200,
  /** Below what the shell waits for an answer. */
  waitMsMax: 2_500,
  textCharsMax: 10_000,
  titleCharsMax: 200,
  nameCharsMax: 64,
  passwordCharsMax: 512,
  emojiCharsMax: 16,
  groupUsersMax: 50,
  searchCharsMax: 500,
  lockCharsMax: 100,
  conversationCharsMax: 200,
  /** Messages of one session that wait at the desk. */
  outboxMax: 2_000,
} as const

type Nothing = Readonly<Record<string, never>>
interface InSession {
  readonly session: string
}
interface InConversation extends InSession {
  readonly conversation: string
}
interface InMessage extends InSession {
  readonly id: string
}
interface Page {
  readonly after: string | null
  readonly limit: number
}
interface Credentials {
  readonly user: string
  readonly password: string
}

export type ChatCallName = keyof ChatCalls
export type ChatInput<Name extends ChatCallName> = ChatCalls[Name]['input']
export type ChatOutput<Name extends ChatCallName> = ChatCalls[Name]['output']
export type ChatCall = {
  readonly [Name in ChatCallName]: { readonly name: Name; readonly input: ChatInput<Name> }
}[ChatCallName]

export interface ChatSession {
  /** Lower-case letters, digits and hyphens: `/chat/<session>` is the route of this user's own window. */
  readonly session: string
  readonly user: string
  /** false: its token has ended or was taken back. What it wants to say waits until the user signs in again. */
  readonly isSignedIn: boolean
}

export interface DeskChatStatus {
  readonly profile: ChatProfile
  readonly abilities: ChatAbilities
  /** Who led when something was last put into the log; null: nobody yet, or everyone answers. */
  readonly leader: NodeId | null
  readonly sessions: readonly ChatSession[]
  /** Whether the chat answers, and whether what is published comes here. */
  readonly isAnswering: boolean
  readonly isTold: boolean
  /** Since when it does not answer; null while it does. */
  readonly silentSinceWallMs: number | null
  /** What waits in the outboxes of all sessions. */
  readonly waiting: number
  /** Newest last, a few dozen. */
  readonly gaps: readonly ChatGap[]
}

/** What this chat can do: the profile in which everyone answers has only what the course's protocol has. */
export interface ChatAbilities {
  /** Names with passwords. Without: whoever says a name has it. */
  readonly hasAccounts: boolean
  readonly hasPrivate: boolean
  /** Edits, deletions and reactions. */
  readonly hasChanges: boolean
  readonly hasReadPositions: boolean
  readonly hasPresence: boolean
  readonly hasLocks: boolean
}

/** Another one came to lead: for the margin of a conversation, by its time. */
export interface ChatGap {
  /** When the first question was asked that the old leader did not answer; if there was none, when it was found out. */
  readonly fromWallMs: number
  /** How long somebody who asked had to wait while nobody led; null: nobody had to. */
  readonly ms: number | null
  /** Who leads since. */
  readonly leader: NodeId
}

export interface ChatChanges {
  /** For `after`, next time. */
  readonly upTo: number
  /** More has changed than is kept, or the desk was started anew: ask again for all that is shown. */
  readonly isForgotten: boolean
  readonly changes: readonly ChatChange[]
}

/** Each says how something stands now. Of what changed twice only the last is told, so they can be taken in any order. */
export type ChatChange =
  /** New, or another than before: its text, its reactions, its ticks. */
  | { readonly kind: 'row'; readonly row: ChatRow }
  /** Taken back out of the outbox. */
  | { readonly kind: 'gone'; readonly conversation: string; readonly id: string }
  /** New, or another: unread, title, members, who writes. `isMember` false: the user is in it no longer. */
  | { readonly kind: 'conversation'; readonly conversation: ConversationRow }
  | { readonly kind: 'person'; readonly person: PersonRow }
  | { readonly kind: 'lock'; readonly lock: LockRow }
  | { readonly kind: 'status'; readonly status: DeskChatStatus }
  /** It is signed in no longer, or again. */
  | { readonly kind: 'session'; readonly session: ChatSession }

export interface ConversationRow {
  readonly id: string
  readonly kind: 'channel' | 'direct' | 'group'
  /** Of a direct one: the other user. Of a group: its users, for whom it has no name of its own. */
  readonly name: string
  readonly title: string
  readonly isPrivate: boolean
  readonly isMember: boolean
  readonly members: number
  readonly lastAtMs: number
  /** Of the last message that this user has read; null: none. */
  readonly readPlace: string | null
  readonly unread: number
  /** Messages among them that name this user. */
  readonly mentions: number
  readonly typing: readonly string[]
}

export interface ConversationPage {
  readonly channels: readonly ConversationRow[]
  readonly next: string | null
}

export interface PersonRow {
  readonly name: string
  readonly isBot: boolean
  readonly isProtected: boolean
  /** Heard of lately, natively or by a program. */
  readonly isHere: boolean
}

export interface PeoplePage {
  readonly people: readonly PersonRow[]
  readonly next: string | null
}

/** `before` and `after` leave out the place itself; `around` has it in its middle. */
export type HistoryFrom =
  | { readonly kind: 'newest' }
  /** Around the first unread one; the newest when all is read. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'before' | 'after' | 'around'; readonly place: string }

export interface ChatHistoryPage {
  readonly conversation: ConversationRow
  /** In their order. */
  readonly rows: readonly ChatRow[]
  /** What this session has said here and the log has not yet, in the order in which it was said. They stand below all rows. */
  readonly waiting: readonly ChatRow[]
  /** Of the first unread row, where that is among these; otherwise where it would stand. null: all is read. */
  readonly firstUnread: string | null
  readonly isBeginning: boolean
  readonly isEnd: boolean
}

/**
 * What its ticks mean. `queued`: on this desk's disk, not sent; `sent`: the chat was asked, and has not answered;
 * `stored`: on the disks of so many of its servers for certain: of a majority where one leads, of one where everyone
 * answers. A window that sees each server's log may say more: who has applied `logIndex` has it too. `seen`: stored, and
 * so many others have read so far.
 */
export type ChatRowState =
  | { readonly kind: 'queued' | 'sent' }
  | { readonly kind: 'stored'; readonly copies: number; readonly servers: number }
  | { readonly kind: 'seen'; readonly copies: number; readonly servers: number; readonly by: number }
  /** Never, and why: a code of a failure. */
  | { readonly kind: 'refused'; readonly why: string }

export interface ChatRow {
  readonly id: string
  readonly conversation: string
  /** Rows of a conversation stand in the order of these texts, by code units; null: it waits in the outbox. */
  readonly place: string | null
  readonly author: string
  /** As it was typed, with its Markdown. Empty when it was deleted. */
  readonly text: string
  readonly replyTo: string | null
  readonly mentions: readonly string[]
  readonly through: 'native' | 'course' | 'account'
  /** By the clock of whoever led, which never goes back along the log; while it waits, by the desk's. */
  readonly atMs: number
  /** What follows is null while it waits, and what the profile does not have. */
  readonly lamport: number | null
  /** Among all that happened in the chat. */
  readonly position: number | null
  readonly logIndex: number | null
  /** The server that took it, where everyone answers: of equal stamps the smaller name stands above. */
  readonly origin: string | null
  readonly editedAtMs: number | null
  readonly isDeleted: boolean
  readonly reactions: readonly { readonly emoji: string; readonly users: readonly string[] }[]
  readonly state: ChatRowState
}

export interface ChatSearchPage {
  readonly rows: readonly ChatRow[]
  readonly next: string | null
  /** How the text was understood. */
  readonly asked: {
    readonly words: string
    readonly from: string | null
    readonly in: string | null
    readonly beforeMs: number | null
  }
}
