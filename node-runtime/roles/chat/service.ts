import type { ChatAnswers, ChatQuery, Deed, DeedOutcome, Message } from '#cores/chat/messages'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Consistency } from '#ports/replicated-log'

/**
 * What one server of a chat does for whoever asks, whichever dialect the question came in. Answers come later, by
 * callback. Only what leads acts: every other server says `not-leader`.
 */
export interface ChatService {
  readonly standing: ChatStanding
  /** Gathered with what others ask in the same moment into one command. */
  act(deed: Deed, done: (result: Result<DeedOutcome>) => void): void
  ask<Query extends ChatQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<ChatAnswers[Query['kind']]>) => void,
  ): void
  search(order: SearchOrder, done: (result: Result<SearchPage>) => void): void
  readonly accounts: Accounts
}

export interface ChatStanding {
  readonly nodeId: NodeId
  readonly isLeader: boolean
  readonly leader: NodeId | null
  readonly term: number
}

export interface SearchOrder {
  /** What this user may see; nothing else is found. */
  readonly as: string
  readonly words: string
  /** The author. */
  readonly from: string | null
  /** A conversation's id, or a public channel's name. */
  readonly in: string | null
  readonly beforeMs: number | null
  readonly cursor: string | null
  readonly limit: number
}

export interface SearchPage {
  /** Newest first. */
  readonly messages: readonly Message[]
  readonly next: string | null
}

/** Who somebody is. Passwords are hashed beside the loop; what is slow is limited, and what is wrong is always equally slow. */
export interface Accounts {
  signUp(order: SignIn & { readonly deed: string }, done: (result: Result<Token>) => void): void
  /** Fails with `not-signed-in`, in the same time and words whether there is such a user or not. */
  signIn(order: SignIn & { readonly deed: string }, done: (result: Result<Token>) => void): void
  setPassword(order: NewPassword, done: (result: Result<Token>) => void): void
  /** A fresh token for one that is still good; what was taken back gives nothing new. Fails as `userOf` does. */
  renew(token: string, done: (result: Result<Token>) => void): void
  /** Fails with `not-signed-in`: forged, ended, of a key that counts no longer, or taken back. At once when it is known. */
  userOf(token: string, done: (result: Result<string>) => void): void
}

export interface SignIn {
  readonly user: string
  readonly password: string
  readonly through: 'native' | 'account'
  /** Which connection asks, for the rate. */
  readonly from: string
}

/** The password counts; the token says whose, and may have been taken back: by this very order, asked a second time. */
export interface NewPassword {
  readonly deed: string
  readonly token: string
  readonly password: string
  readonly newPassword: string
  readonly from: string
}

export interface Token {
  readonly user: string
  readonly token: string
}
