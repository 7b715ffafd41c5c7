import { appendsBlindly } from './appends-blindly.ts'
import { appliesTwice } from './applies-twice.ts'
import { assertsOnAPeer } from './asserts-on-a-peer.ts'
import { believesAnyCommit } from './believes-any-commit.ts'
import { changesTooEarly } from './changes-too-early.ts'
import { commitsOldTerms } from './commits-old-terms.ts'
import { compactsAhead } from './compacts-ahead.ts'
import { countsFormerLives } from './counts-former-lives.ts'
import { countsLearners } from './counts-learners.ts'
import { countsOldVotes } from './counts-old-votes.ts'
import { cutsBatchesShort } from './cuts-batches-short.ts'
import { followersGoAhead } from './followers-go-ahead.ts'
import { forgetsTerm } from './forgets-term.ts'
import { forgetsVote } from './forgets-vote.ts'
import { handOverVotesTwice } from './hand-over-votes-twice.ts'
import { ignoresJoins } from './ignores-joins.ts'
import { installsOldSnapshots } from './installs-old-snapshots.ts'
import { keepsAfterAnswering } from './keeps-after-answering.ts'
import { keepsAfterSending } from './keeps-after-sending.ts'
import { keepsCommitsToItself } from './keeps-commits-to-itself.ts'
import { keepsIndexAlone } from './keeps-index-alone.ts'
import { lateAppendsCut } from './late-appends-cut.ts'
import { leaderCutsBack } from './leader-cuts-back.ts'
import { leadsOnAfterNewerTerm } from './leads-on-after-newer-term.ts'
import { leavesOldLeadersUntold } from './leaves-old-leaders-untold.ts'
import { localTimes } from './local-times.ts'
import { losesReads } from './loses-reads.ts'
import { majorityOffByOne } from './majority-off-by-one.ts'
import { mixesTransfers } from './mixes-transfers.ts'
import { neverHandsOver } from './never-hands-over.ts'
import { overlooksFirstWrites } from './overlooks-first-writes.ts'
import type { RaftBug } from './raft-bug.ts'
import { readsBeforeOwnCommit } from './reads-before-own-commit.ts'
import { readsWithoutARound } from './reads-without-a-round.ts'
import { refusesAndDoes } from './refuses-and-does.ts'
import { sameTimeouts } from './same-timeouts.ts'
import { sendsChunksOnce } from './sends-chunks-once.ts'
import { twoChangesAtOnce } from './two-changes-at-once.ts'
import { votesForNextTerm } from './votes-for-next-term.ts'
import { votesForOldLogs } from './votes-for-old-logs.ts'
import { votesTwice } from './votes-twice.ts'

export const raftBugs: readonly RaftBug[] = [
  appendsBlindly,
  appliesTwice,
  assertsOnAPeer,
  changesTooEarly,
  commitsOldTerms,
  compactsAhead,
  countsFormerLives,
  countsLearners,
  countsOldVotes,
  cutsBatchesShort,
  followersGoAhead,
  forgetsTerm,
  forgetsVote,
  handOverVotesTwice,
  ignoresJoins,
  installsOldSnapshots,
  keepsAfterAnswering,
  keepsAfterSending,
  keepsCommitsToItself,
  keepsIndexAlone,
  lateAppendsCut,
  leaderCutsBack,
  leadsOnAfterNewerTerm,
  leavesOldLeadersUntold,
  localTimes,
  losesReads,
  majorityOffByOne,
  mixesTransfers,
  neverHandsOver,
  overlooksFirstWrites,
  readsBeforeOwnCommit,
  readsWithoutARound,
  refusesAndDoes,
  sameTimeouts,
  sendsChunksOnce,
  believesAnyCommit,
  twoChangesAtOnce,
  votesForNextTerm,
  votesForOldLogs,
  votesTwice,
]
