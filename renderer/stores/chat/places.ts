import type { ChatSession } from '#contract/worker/chat-calls'
import type { Route } from '../route.ts'

export type ChatPlace =
  | { readonly kind: 'programs' | 'settings' }
  /** Nobody speaks here yet, or somebody else is to. */
  | { readonly kind: 'enter' }
  | { readonly kind: 'talk'; readonly session: ChatSession }

/** The part of the address where somebody else signs in, whoever spoke in this window last. */
export const enterPart = 'enter'

/**
 * What the chat's page shows. A session that is gone is nobody's; a window whose address names none goes on with whoever
 * spoke there last, and never with whom another window signed in.
 */
export function chatPlace(part: string | null, last: string | null, sessions: readonly ChatSession[]): ChatPlace {
  if (part === 'programs' || part === 'settings') return { kind: part }
  const wanted = part === enterPart ? null : (part ?? last)
  const session = sessions.find((one) => one.session === wanted)
  return session === undefined ? { kind: 'enter' } : { kind: 'talk', session }
}

/** A window of one user. */
export function windowOf(session: string): Route {
  return { page: 'chat', part: session, isAlone: true }
}
