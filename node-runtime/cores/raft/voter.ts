import type { NodeId } from '#kit/ids'
import type { HardState } from './messages.ts'

/** What a node weighs when it is asked for its vote. The log will add how far its own log goes. */
export interface Voter {
  readonly hard: HardState
  /** It leads, or heard a leader within the minimum election timeout: the group is being led, so nobody is needed. */
  readonly isLed: boolean
}

/** Would this node vote in that term? The answer binds nobody, so it may be given to several rivals. */
export function wouldVote(voter: Voter, askedTerm: number): boolean {
  return !voter.isLed && askedTerm > voter.hard.term
}

/** May this node vote for the candidate in its own present term? */
export function mayVote(voter: Voter, candidate: NodeId): boolean {
  // Saying the same again is no second vote; the first answer may have been lost.
  if (voter.hard.votedFor === candidate) return true
  return !voter.isLed && voter.hard.votedFor === null
}
