import { raftBugs } from '../../bugs/raft/all.ts'
import type { RaftBug } from '../../bugs/raft/raft-bug.ts'
import { withReplaced } from '../../bugs/raft/replaced.ts'
import { agreement } from '../../properties/raft/agreement.ts'
import { appliedEntriesAgree } from '../../properties/raft/applied-entries-agree.ts'
import { appliedInOrder } from '../../properties/raft/applied-in-order.ts'
import { clientsAreServed } from '../../properties/raft/clients-are-served.ts'
import { committedByAMajority } from '../../properties/raft/committed-by-a-majority.ts'
import { committedOutlives } from '../../properties/raft/committed-outlives.ts'
import { crashedWhile } from '../../properties/raft/crashed-while.ts'
import { everybodyIsTakenIn } from '../../properties/raft/everybody-is-taken-in.ts'
import { favouriteLeads } from '../../properties/raft/favourite-leads.ts'
import { historiesAreLinearizable } from '../../properties/raft/histories-are-linearizable.ts'
import { leaderAppendOnly } from '../../properties/raft/leader-append-only.ts'
import { leaderCompleteness } from '../../properties/raft/leader-completeness.ts'
import { leadersHaveAMajority } from '../../properties/raft/leaders-have-a-majority.ts'
import { leadershipChangedHands } from '../../properties/raft/leadership-changed-hands.ts'
import { ledWithoutAbsent } from '../../properties/raft/led-without-absent.ts'
import { logMatching } from '../../properties/raft/log-matching.ts'
import { logReachesState } from '../../properties/raft/log-reaches-state.ts'
import { noComplaints } from '../../properties/raft/no-complaints.ts'
import { oneChangeAtATime } from '../../properties/raft/one-change-at-a-time.ts'
import { oneFateEach } from '../../properties/raft/one-fate-each.ts'
import { oneLeaderPerTerm } from '../../properties/raft/one-leader-per-term.ts'
import { oneVotePerTerm } from '../../properties/raft/one-vote-per-term.ts'
import { outrunLeaderWasTold } from '../../properties/raft/outrun-leader-was-told.ts'
import { outrunLeadersFallSilent } from '../../properties/raft/outrun-leaders-fall-silent.ts'
import { ownTermsCommit } from '../../properties/raft/own-terms-commit.ts'
import {
  backedUpByTerms,
  cameBackAsSomebodyElse,
  fullWhileLeading,
  handOverCameToNothing,
  handOverSucceeded,
  learnerBecameVoter,
  notedPlaces,
  nothingWasOwed,
  placeOfNotes,
  promiseWasOff,
  removedOneStood,
  tailWasOverwritten,
} from '../../properties/raft/places.ts'
import { preVoteRefusedAsLed } from '../../properties/raft/pre-vote-refused-as-led.ts'
import { readsAreFresh } from '../../properties/raft/reads-are-fresh.ts'
import { roleEndedBecause } from '../../properties/raft/role-ended-because.ts'
import { sameState } from '../../properties/raft/same-state.ts'
import { stampsNeverGoBack } from '../../properties/raft/stamps-never-go-back.ts'
import { stateIsWhatWasApplied } from '../../properties/raft/state-is-what-was-applied.ts'
import { termsNeverGoBack } from '../../properties/raft/terms-never-go-back.ts'
import { viewsAreHonest } from '../../properties/raft/views-are-honest.ts'
import { votesWereSplit } from '../../properties/raft/votes-were-split.ts'
import { whileNoted, whilePromised } from '../../properties/raft/while-promised.ts'
import { writeWasLost } from '../../properties/raft/write-was-lost.ts'
import { type Simulation, simulationOf } from '../../simulation.ts'
import type { Always, PlantedBug, Sometimes, Subject } from '../../subject.ts'
import { digestOf } from './digest.ts'
import { type ProgramParts, rightParts } from './parts.ts'
import { RaftProgram } from './program.ts'
import { drawRaftSettings, plainRaftSettings, raftSettingsOf } from './settings.ts'
import type { RaftWords } from './words.ts'

const always: readonly Always<RaftWords>[] = [
  ...[
    noComplaints,
    termsNeverGoBack,
    oneVotePerTerm,
    leadersHaveAMajority,
    outrunLeadersFallSilent,
    ownTermsCommit,
    viewsAreHonest,
    historiesAreLinearizable,
  ].map(whilePromised),
  ...[
    oneLeaderPerTerm,
    logMatching,
    leaderAppendOnly,
    leaderCompleteness,
    committedByAMajority,
    committedOutlives,
    appliedEntriesAgree,
    appliedInOrder,
    stateIsWhatWasApplied,
    logReachesState,
    oneFateEach,
    readsAreFresh,
    oneChangeAtATime,
    stampsNeverGoBack,
  ].map(whileNoted),
]

const sometimes: readonly Sometimes<RaftWords>[] = [
  crashedWhile('leader'),
  crashedWhile('candidate'),
  crashedWhile('pre-candidate'),
  leadershipChangedHands,
  votesWereSplit,
  preVoteRefusedAsLed,
  outrunLeaderWasTold,
  writeWasLost,
  ledWithoutAbsent,
  backedUpByTerms,
  handOverCameToNothing,
  nothingWasOwed,
  promiseWasOff,
  ...[
    roleEndedBecause('leader', 'no-majority-answered'),
    roleEndedBecause('leader', 'saw-newer-term'),
    roleEndedBecause('candidate', 'lost-majority'),
    roleEndedBecause('candidate', 'heard-leader'),
    roleEndedBecause('pre-candidate', 'heard-leader'),
    tailWasOverwritten,
    learnerBecameVoter,
    cameBackAsSomebodyElse,
    fullWhileLeading,
    handOverSucceeded,
    removedOneStood,
    ...notedPlaces,
  ].map(placeOfNotes),
]

/** One replicated log: who leads it, who belongs to it, and what is in it, while nodes crash, sleep and lose each other. */
export const raftSubject: Subject<RaftWords> = raftOf(rightParts)

export const raft: Simulation = simulationOf(raftSubject, raftBugs.map(plant))

function plant({ name, property, parts, rules = [] }: RaftBug): PlantedBug<RaftWords> {
  const subject = raftOf({ ...rightParts, ...parts })
  return { name, property, subject, around: (run) => withReplaced(rules, run) }
}

function raftOf(parts: ProgramParts): Subject<RaftWords> {
  return {
    name: 'raft',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate', 'slow-disk', 'full-disk', 'skew'],
    diskFaults: ['bit-flip', 'lost-tail', 'unnoticed-lost-tail'],
    always,
    eventually: [agreement, sameState, clientsAreServed, everybodyIsTakenIn, favouriteLeads],
    sometimes,
    digest: digestOf,
    plainSettings: plainRaftSettings,
    drawSettings: drawRaftSettings,
    // Rounds of voting may be split again and again, and who was chosen waits its time; so many in a row are never seen.
    // Who was away for long may be sent its entries one by one.
    ticksOfCalmMax: (settings) => {
      const { electionTicksLongest, favouriteWaitTicks } = raftSettingsOf(settings)
      return 60 * electionTicksLongest + 10 * favouriteWaitTicks + 2_000
    },
    boot: (hands) => new RaftProgram(hands, parts),
  }
}
