import type { RaftConfig } from '#cores/raft/messages'
import { assertsOnAPeer } from '../bugs/election/asserts-on-a-peer.ts'
import { countsOldVotes } from '../bugs/election/counts-old-votes.ts'
import type { ElectionBug } from '../bugs/election/election-bug.ts'
import { forgetsTerm } from '../bugs/election/forgets-term.ts'
import { forgetsVote } from '../bugs/election/forgets-vote.ts'
import { leadsOnAfterNewerTerm } from '../bugs/election/leads-on-after-newer-term.ts'
import { leavesOldLeadersUntold } from '../bugs/election/leaves-old-leaders-untold.ts'
import { majorityOffByOne } from '../bugs/election/majority-off-by-one.ts'
import { sameTimeouts } from '../bugs/election/same-timeouts.ts'
import { sendsBeforePersisting } from '../bugs/election/sends-before-persisting.ts'
import { takesBackWhatIsKept } from '../bugs/election/takes-back-what-is-kept.ts'
import { votesForNextTerm } from '../bugs/election/votes-for-next-term.ts'
import { votesTwice } from '../bugs/election/votes-twice.ts'
import { agreement } from '../properties/election/agreement.ts'
import { crashedWhile } from '../properties/election/crashed-while.ts'
import { leadersHaveAMajority } from '../properties/election/leaders-have-a-majority.ts'
import { leadershipChangedHands } from '../properties/election/leadership-changed-hands.ts'
import { ledWithoutAbsent } from '../properties/election/led-without-absent.ts'
import { noAnomaly } from '../properties/election/no-anomaly.ts'
import { oneLeaderPerTerm } from '../properties/election/one-leader-per-term.ts'
import { oneVotePerTerm } from '../properties/election/one-vote-per-term.ts'
import { outrunLeaderWasTold } from '../properties/election/outrun-leader-was-told.ts'
import { outrunLeadersFallSilent } from '../properties/election/outrun-leaders-fall-silent.ts'
import { preVoteRefusedAsLed } from '../properties/election/pre-vote-refused-as-led.ts'
import { roleEndedBecause } from '../properties/election/role-ended-because.ts'
import { termsNeverGoBack } from '../properties/election/terms-never-go-back.ts'
import { votesWereSplit } from '../properties/election/votes-were-split.ts'
import { writeWasLost } from '../properties/election/write-was-lost.ts'
import { type Simulation, simulationOf } from '../simulation.ts'
import type { NodeHands, Subject } from '../subject.ts'
import { type ElectionParts, ElectionProgram, rightParts } from './election-program.ts'
import { drawTiming, timingOf } from './election-timing.ts'
import type { ElectionWords } from './election-words.ts'

/** Raft elections: who leads, while nodes crash, sleep, lose their disks' favour and each other. */
export const electionSubject: Subject<ElectionWords> = electionOf(rightParts)

export const election: Simulation = simulationOf(
  electionSubject,
  [
    forgetsVote,
    forgetsTerm,
    votesTwice,
    countsOldVotes,
    sendsBeforePersisting,
    leadsOnAfterNewerTerm,
    leavesOldLeadersUntold,
    majorityOffByOne,
    sameTimeouts,
    takesBackWhatIsKept,
    votesForNextTerm,
    assertsOnAPeer,
  ].map(plant),
)

function plant({ name, property, parts }: ElectionBug) {
  return { name, property, subject: electionOf({ ...rightParts, ...parts }) }
}

function electionOf(parts: ElectionParts): Subject<ElectionWords> {
  return {
    name: 'election',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate', 'slow-disk', 'full-disk'],
    always: [
      termsNeverGoBack,
      oneVotePerTerm,
      leadersHaveAMajority,
      oneLeaderPerTerm,
      outrunLeadersFallSilent,
      noAnomaly,
    ],
    eventually: [agreement],
    sometimes: [
      crashedWhile('leader'),
      crashedWhile('candidate'),
      crashedWhile('pre-candidate'),
      leadershipChangedHands,
      votesWereSplit,
      preVoteRefusedAsLed,
      outrunLeaderWasTold,
      writeWasLost,
      ledWithoutAbsent,
      roleEndedBecause('leader', 'no-majority-answered'),
      roleEndedBecause('leader', 'saw-newer-term'),
      roleEndedBecause('leader', 'cannot-write'),
      roleEndedBecause('candidate', 'lost-majority'),
      roleEndedBecause('candidate', 'heard-leader'),
      roleEndedBecause('pre-candidate', 'heard-leader'),
    ],
    drawSettings: drawTiming,
    // Rounds of voting may be split again and again; so many in a row are never seen.
    ticksOfCalmMax: (settings) => 60 * timingOf(settings).electionTicksLongest,
    boot: (hands) => new ElectionProgram(hands, configOf(hands), parts),
  }
}

function configOf({ id, scenario }: NodeHands<ElectionWords>): RaftConfig {
  const { electionTicksLongest: _, ...timing } = timingOf(scenario.settings)
  return { id, members: scenario.nodes, ...timing }
}
