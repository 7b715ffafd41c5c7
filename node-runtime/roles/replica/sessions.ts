import type { Applied } from '#ports/replicated-log'

/** What became of an entry. The same on every node. */
export type AppliedOutcome =
  /** It was nobody's command: an entry of the group's own. */
  | { readonly kind: 'internal' }
  | { readonly kind: 'session-opened'; readonly session: number }
  | { readonly kind: 'executed'; readonly answer: Uint8Array }
  /** It had been executed before: the first answer, and where and when that was. */
  | { readonly kind: 'repeated'; readonly answer: Uint8Array; readonly applied: Applied }
  | { readonly kind: 'refused'; readonly code: 'answer-forgotten' | 'session-expired' | 'bad-request' }
