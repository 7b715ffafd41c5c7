import { asksDownwards } from '../../bugs/chosen/asks-downwards.ts'
import { choiceIsLaw } from '../../bugs/chosen/choice-is-law.ts'
import type { ChosenBug } from '../../bugs/chosen/chosen-bug.ts'
import { commitsAlone } from '../../bugs/chosen/commits-alone.ts'
import { deafToWishes } from '../../bugs/chosen/deaf-to-wishes.ts'
import { givesWayAtOnce } from '../../bugs/chosen/gives-way-at-once.ts'
import { obeysTheChosenOnly } from '../../bugs/chosen/obeys-the-chosen-only.ts'
import { vouchesForTheChosen } from '../../bugs/chosen/vouches-for-the-chosen.ts'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { coordinatorCrashed } from '../../properties/choice/coordinator-crashed.ts'
import { twoCoordinators } from '../../properties/choice/two-coordinators.ts'
import { chosenLeads } from '../../properties/chosen/chosen-leads.ts'
import { ofRaft } from '../../properties/chosen/of-raft.ts'
import { oneLeaderCommits } from '../../properties/chosen/one-leader-commits.ts'
import {
  chosenWasMadeLeader,
  coordinatorAlone,
  twoCoordinatorsOneLeader,
  wishCameAndWent,
} from '../../properties/chosen/rare-places.ts'
import { chosenWasThere, reignsBeforeItGivesWay } from '../../properties/chosen/wishes-wait.ts'
import { oneLeaderPerTerm } from '../../properties/raft/one-leader-per-term.ts'
import { type Simulation, simulationOf } from '../../simulation.ts'
import type { Subject } from '../../subject.ts'
import { timingOf } from '../raft/timing.ts'
import { type ChosenParts, rightChosenParts } from './parts.ts'
import { ChosenProgram } from './program.ts'
import { drawChosenSettings, longestChange } from './settings.ts'
import type { ChosenWords } from './words.ts'

/** Bully or rank beside raft: the one chooses, the other decides. */
export const chosenRaft: Simulation = simulationOf(
  chosenOf(rightChosenParts),
  [choiceIsLaw, commitsAlone, givesWayAtOnce, vouchesForTheChosen, deafToWishes, asksDownwards, obeysTheChosenOnly].map(
    plant,
  ),
)

function plant({ name, property, parts }: ChosenBug) {
  return { name, property, subject: chosenOf({ ...rightChosenParts, ...parts }) }
}

function chosenOf(parts: ChosenParts): Subject<ChosenWords> {
  return {
    name: 'chosen-raft',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate'],
    always: [nobodyComplains, ofRaft(oneLeaderPerTerm), oneLeaderCommits, reignsBeforeItGivesWay, chosenWasThere],
    eventually: [chosenLeads],
    sometimes: [
      twoCoordinators,
      twoCoordinatorsOneLeader,
      coordinatorCrashed,
      chosenWasMadeLeader,
      coordinatorAlone,
      wishCameAndWent,
    ],
    drawSettings: drawChosenSettings,
    // Rounds of voting may be split again and again; then a wish has its wait, and may be handed over more than once.
    ticksOfCalmMax: (settings) => 400 + 60 * timingOf(settings).electionTicksLongest + 10 * longestChange(settings),
    boot: (hands) => new ChosenProgram(hands, parts),
  }
}
