import { BullyCore } from '#cores/election/bully'
import type { BullyConfig } from '#cores/election/messages'
import { bullyBugs } from '../bugs/bully/all.ts'
import { nobodyComplains } from '../properties/any/nobody-complains.ts'
import { agreeOnBest } from '../properties/choice/agree-on-best.ts'
import { asksEverybody } from '../properties/choice/asks-everybody.ts'
import { coordinatorCrashed } from '../properties/choice/coordinator-crashed.ts'
import { followsBetterOnly } from '../properties/choice/follows-better-only.ts'
import { phaseEndedBecause } from '../properties/choice/phase-ended-because.ts'
import {
  twoCoordinators,
  twoCoordinatorsByCut,
  twoCoordinatorsByDelays,
} from '../properties/choice/two-coordinators.ts'
import { waitsAfterBetter } from '../properties/choice/waits-after-better.ts'
import { type Simulation, simulationOf } from '../simulation.ts'
import type { NodeHands, Subject } from '../subject.ts'
import { type BullyMachine, BullyProgram, type BullyWords } from './bully-program.ts'
import { choiceTimingOf, drawChoiceTiming, longestRound, rotated } from './choice-timing.ts'

/** The bully election. It keeps its rules, and still has two coordinators at once now and then. */
export const bully: Simulation = simulationOf(
  bullyOf((config) => new BullyCore(config)),
  bullyBugs.map(({ name, property, machine }) => ({ name, property, subject: bullyOf(machine) })),
)

function bullyOf(machine: (config: BullyConfig) => BullyMachine): Subject<BullyWords> {
  return {
    name: 'bully',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate'],
    always: [waitsAfterBetter(higherOf), asksEverybody(higherOf), followsBetterOnly(higherOf), nobodyComplains],
    eventually: [agreeOnBest({ betterOf: higherOf, voters: ({ nodes }) => nodes })],
    sometimes: [
      twoCoordinators,
      twoCoordinatorsByDelays,
      twoCoordinatorsByCut,
      coordinatorCrashed,
      phaseEndedBecause('coordinating', 'better-announced'),
      phaseEndedBecause('coordinating', 'better-answered'),
      phaseEndedBecause('waiting', 'no-announcement'),
      phaseEndedBecause('following', 'silence'),
      phaseEndedBecause('following', 'was-asked'),
      phaseEndedBecause('following', 'lesser-announced'),
    ],
    drawSettings: drawChoiceTiming,
    // Words from before the calm may still be on their way; then a round or two set everything right.
    ticksOfCalmMax: (settings) => 400 + 20 * longestRound(settings),
    boot: (hands) => new BullyProgram(hands, machine(configOf(hands))),
  }
}

function higherOf({ id, order }: BullyWords['view']): readonly BullyWords['view']['id'][] {
  return order.slice(order.indexOf(id) + 1)
}

function configOf({ id, scenario }: NodeHands<BullyWords>): BullyConfig {
  const { nodes, settings } = scenario
  return { id, order: rotated(nodes, settings), ...choiceTimingOf(settings) }
}
