import type { NodeId } from '#kit/ids'
import type { HardState, LogEnd } from './messages.ts'

/** What a node weighs when it is asked for its vote. */
export interface Voter {
  readonly hard: HardState
  /** It leads, or heard a leader within the minimum election timeout: the group is being led, so nobody is needed. */
  readonly isLed: boolean
  /** Its own log; a candidate whose log is older may lack what was acknowledged. */
  readonly log: { isNewerThan(end: LogEnd): boolean }
}

export interface Plea {
  readonly term: number
  readonly last: LogEnd
  /** The leader itself wants this candidate. */
  readonly isHandOver: boolean
}

/** Would this node vote in that term? The answer binds nobody, so it may be given to several rivals. */
export function wouldVote(voter: Voter, { term, last }: Plea): boolean {
  return !voter.isLed && term > voter.hard.term && !voter.log.isNewerThan(last)
}

/** May this node vote for the candidate in its own present term? */
export function mayVote(voter: Voter, candidate: NodeId, { last, isHandOver }: Plea): boolean {
  // Saying the same again is no second vote; the first answer may have been lost.
  if (voter.hard.votedFor === candidate) return true
  return (!voter.isLed || isHandOver) && voter.hard.votedFor === null && !voter.log.isNewerThan(last)
}
